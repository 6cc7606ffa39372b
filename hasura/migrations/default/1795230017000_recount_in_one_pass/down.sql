create or replace function private.recount_tier_upgrades() returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  -- No fold runs meanwhile. Writers finish first and wait: what they append comes on top of this count.
  perform pg_advisory_xact_lock(hashtextextended('private.fold_tier_upgrade_changes', 0));
  lock table public.tier_upgrade_requests in share mode;
  delete from private.tier_upgrade_changes;
  delete from private.tier_upgrade_day_totals;
  delete from private.review_time_totals;
  insert into private.tier_upgrade_day_totals (day, status, n)
    select c.day, c.status, count(*)
    from public.tier_upgrade_requests r cross join lateral private.count_tier_upgrade(r) c
    group by c.day, c.status;
  insert into private.review_time_totals (review_slot, n)
    select c.review_slot, count(*)
    from public.tier_upgrade_requests r cross join lateral private.count_tier_upgrade(r) c
    where c.review_slot is not null
    group by c.review_slot;
end
$$;
