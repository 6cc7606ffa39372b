create index tier_upgrade_requests_review_time on public.tier_upgrade_requests ((reviewed_at - created_at))
  where status in ('approved', 'rejected');
drop index public.tier_upgrade_requests_review_times;

-- The hours within which the given part of all reviews ended, interpolated as percentile_cont does;
-- null while fewer than at_least have ended.
create function private.review_hours(fraction double precision, at_least integer) returns double precision
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  place double precision;
  slot integer;
  slot_starts bigint;
  total bigint;
  seconds double precision[];
begin
  with counts as (
    select c.review_slot, sum(c.n) as n
    from (
      select t.review_slot, t.n from private.review_time_totals t
      union all
      select c.review_slot, c.n from private.tier_upgrade_changes c where c.review_slot is not null
    ) c
    group by c.review_slot having sum(c.n) > 0
  ), running as (
    select c.review_slot, sum(c.n) over (order by c.review_slot) - c.n as starts,
      sum(c.n) over (order by c.review_slot) as ends, sum(c.n) over () as total
    from counts c
  )
  select r.review_slot, r.starts, r.total into slot, slot_starts, total
    from running r where floor(fraction * (r.total - 1)) < r.ends order by r.review_slot limit 1;
  if total is null or total < at_least then
    return null;
  end if;

  place := fraction * (total - 1);
  select array_agg(w.seconds order by w.seconds) into seconds from (
    select extract(epoch from r.reviewed_at - r.created_at)::double precision as seconds
    from public.tier_upgrade_requests r
    where r.status in ('approved', 'rejected')
      and r.reviewed_at - r.created_at >= make_interval(secs => slot * 600.0)
    order by r.reviewed_at - r.created_at
    offset floor(place)::bigint - slot_starts limit 2
  ) w;
  return (seconds[1] + (place - floor(place)) * (coalesce(seconds[2], seconds[1]) - seconds[1])) / 3600;
end
$$;
revoke execute on function private.review_hours(double precision, integer) from public;

create or replace view public.tier_review_time as
  select private.review_hours(0.5, 5) as median_hours;

-- The whole days of the last thirty come from the counts, the day that is cut in two from the index.
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
    private.review_hours(0.5, 1) as median_review_hours,
    private.review_hours(0.9, 1) as p90_review_hours;

drop function private.review_hours(double precision[], integer);
