drop trigger tier_upgrade_requests_b_guard on public.tier_upgrade_requests;
drop trigger tier_upgrade_requests_a_prepare on public.tier_upgrade_requests;
drop function private.guard_tier_upgrade_request();
drop function private.prepare_tier_upgrade_request();
