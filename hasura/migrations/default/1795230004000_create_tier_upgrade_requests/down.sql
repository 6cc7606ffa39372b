drop table public.tier_upgrade_requests;
