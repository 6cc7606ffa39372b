-- Both percentiles of the figures from one walk through the counts, and their places in a slot from the index alone:
-- with a million requests a slot holds thousands, and each one skipped was a page of the table.
create index tier_upgrade_requests_review_times on public.tier_upgrade_requests ((reviewed_at - created_at))
  include (reviewed_at, created_at) where status in ('approved', 'rejected');
drop index public.tier_upgrade_requests_review_time;

-- The hours within which the given parts of all reviews ended, interpolated as percentile_cont does;
-- nulls while fewer than at_least have ended.
create function private.review_hours(fractions double precision[], at_least integer) returns double precision[]
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  found record;
  seconds double precision[];
  hours double precision[] := array_fill(null::double precision, array[cardinality(fractions)]);
begin
  for found in
    with counts as (
      select c.review_slot, sum(c.n) as n
      from (
        select t.review_slot, t.n from private.review_time_totals t
        union all
        select c.review_slot, c.n from private.tier_upgrade_changes c where c.review_slot is not null
      ) c
      group by c.review_slot having sum(c.n) > 0
    ), running as materialized (
      select c.review_slot, c.n, sum(c.n) over (order by c.review_slot) as ends from counts c
    ), wanted as (
      select f.nr, f.fraction * (w.total - 1) as place
      from (select max(r.ends) as total from running r) w
        cross join unnest(fractions) with ordinality f (fraction, nr)
      where w.total >= at_least
    )
    select w.nr, w.place, s.review_slot, s.starts
    from wanted w cross join lateral (
      select r.review_slot, (r.ends - r.n)::bigint as starts
      from running r where r.ends > floor(w.place) order by r.review_slot limit 1
    ) s
  loop
    select array_agg(w.seconds order by w.seconds) into seconds from (
      select extract(epoch from r.reviewed_at - r.created_at)::double precision as seconds
      from public.tier_upgrade_requests r
      where r.status in ('approved', 'rejected')
        and r.reviewed_at - r.created_at >= make_interval(secs => found.review_slot * 600.0)
      order by r.reviewed_at - r.created_at
      offset floor(found.place)::bigint - found.starts limit 2
    ) w;
    hours[found.nr] :=
      (seconds[1] + (found.place - floor(found.place)) * (coalesce(seconds[2], seconds[1]) - seconds[1])) / 3600;
  end loop;
  return hours;
end
$$;
revoke execute on function private.review_hours(double precision[], integer) from public;

create or replace view public.tier_review_time as
  select (private.review_hours(array[0.5], 5))[1] as median_hours;

create or replace view public.tier_upgrade_stats as
  select
    (select count(*)::integer from public.tier_upgrade_requests r where r.status = 'pending') as pending_count,
    (select min(r.created_at) from public.tier_upgrade_requests r where r.status = 'pending') as oldest_pending_at,
    (
      select sum(d.n) filter (where d.status = 'approved')::double precision / nullif(sum(d.n), 0)
      from (
        select c.status, c.count::bigint as n from public.tier_upgrade_daily c
        where c.status in ('approved', 'rejected')
          and c.day > ((now() - interval '30 days') at time zone 'UTC')::date
        union all
        select r.status, count(*) from public.tier_upgrade_requests r
        where r.status in ('approved', 'rejected') and r.reviewed_at >= now() - interval '30 days'
          and r.reviewed_at < (((now() - interval '30 days') at time zone 'UTC')::date + 1)::timestamp at time zone 'UTC'
        group by r.status
      ) d
    ) as approval_rate_30d,
    review.hours[1] as median_review_hours,
    review.hours[2] as p90_review_hours
  -- The offset keeps the call from being written into both columns.
  from (select private.review_hours(array[0.5, 0.9], 1) as hours offset 0) review;

drop function private.review_hours(double precision, integer);
