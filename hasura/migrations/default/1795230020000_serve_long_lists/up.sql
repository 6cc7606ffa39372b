-- Lists of a million requests, filtered by one thing and ordered by another: what is filtered by stands in the index
-- that orders, so that a row which is not shown is never fetched.
drop index public.tier_upgrade_requests_queue;
create index tier_upgrade_requests_queue on public.tier_upgrade_requests (status, created_at desc, id desc)
  include (target_tier);
drop index public.tier_upgrade_requests_updated;
create index tier_upgrade_requests_updated on public.tier_upgrade_requests (updated_at desc, id desc)
  include (created_at, status, target_tier);
drop index public.tier_upgrade_requests_by_target;
create index tier_upgrade_requests_by_target on public.tier_upgrade_requests (target_tier desc, id desc)
  include (created_at, status);

-- How many there are is known without counting them one by one.
grant select on public.tier_upgrade_daily to tierline_actions;
