revoke select on public.tier_upgrade_daily from tierline_actions;

drop index public.tier_upgrade_requests_queue;
create index tier_upgrade_requests_queue on public.tier_upgrade_requests (status, created_at desc, id desc);
drop index public.tier_upgrade_requests_updated;
create index tier_upgrade_requests_updated on public.tier_upgrade_requests (updated_at desc, id desc);
drop index public.tier_upgrade_requests_by_target;
create index tier_upgrade_requests_by_target on public.tier_upgrade_requests (target_tier desc, id desc);
