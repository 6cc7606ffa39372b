-- Statistics that cost the same with a thousand and with a million requests.
--
-- Each change of a request appends what it adds to the counts. An append touches no row that another
-- transaction touches, so submits that have nothing to do with each other never wait or fail over a
-- counter. Now and then a decision folds what has piled up into the totals.
create table private.tier_upgrade_changes (
  day date not null,
  status text not null,
  review_slot integer,
  n integer not null
);
comment on table private.tier_upgrade_changes is 'Counts that are not in the totals yet. No index: it is read whole and short.';
comment on column private.tier_upgrade_changes.review_slot is 'The ten minutes in which the review time of an approval or rejection falls.';

create table private.tier_upgrade_day_totals (
  day date,
  status text,
  n bigint not null,
  primary key (day, status)
);

create table private.review_time_totals (
  review_slot integer primary key,
  n bigint not null
);

-- Exact where the counts are too coarse: the slot comes from the totals, the place in it from here.
create index tier_upgrade_requests_review_time on public.tier_upgrade_requests ((reviewed_at - created_at))
  where status in ('approved', 'rejected');
create index tier_upgrade_requests_decided on public.tier_upgrade_requests (reviewed_at) include (status)
  where status in ('approved', 'rejected');

-- What one request adds to the counts: its submission, and its end if it has one. Days are days in UTC.
create function private.count_tier_upgrade(request public.tier_upgrade_requests)
  returns table (day date, status text, review_slot integer)
  language sql immutable set search_path = pg_catalog, pg_temp
begin atomic
  select (request.created_at at time zone 'UTC')::date, 'submitted', null::integer
  union all
  select
    (coalesce(request.reviewed_at, request.updated_at) at time zone 'UTC')::date,
    request.status,
    case when request.status in ('approved', 'rejected')
      then floor(extract(epoch from request.reviewed_at - request.created_at) / 600)::integer end
  where request.status <> 'pending';
end;

create function private.fold_tier_upgrade_changes() returns void
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  changes private.tier_upgrade_changes[];
begin
  -- One folds at a time and nobody waits for it.
  if not pg_try_advisory_xact_lock(hashtextextended('private.fold_tier_upgrade_changes', 0)) then
    return;
  end if;
  with gone as (delete from private.tier_upgrade_changes c returning c)
    select array_agg(gone.c) into changes from gone;
  insert into private.tier_upgrade_day_totals as totals (day, status, n)
    select c.day, c.status, sum(c.n) from unnest(changes) c group by c.day, c.status
    on conflict (day, status) do update set n = totals.n + excluded.n;
  insert into private.review_time_totals as totals (review_slot, n)
    select c.review_slot, sum(c.n) from unnest(changes) c where c.review_slot is not null group by c.review_slot
    on conflict (review_slot) do update set n = totals.n + excluded.n;
end
$$;

create function private.track_tier_upgrade() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op <> 'INSERT' then
    insert into private.tier_upgrade_changes (day, status, review_slot, n)
      select c.day, c.status, c.review_slot, -1 from private.count_tier_upgrade(old) c
      except all
      select c.day, c.status, c.review_slot, -1 from private.count_tier_upgrade(new) c where tg_op = 'UPDATE';
  end if;
  if tg_op <> 'DELETE' then
    insert into private.tier_upgrade_changes (day, status, review_slot, n)
      select c.day, c.status, c.review_slot, 1 from private.count_tier_upgrade(new) c
      except all
      select c.day, c.status, c.review_slot, 1 from private.count_tier_upgrade(old) c where tg_op = 'UPDATE';
  end if;
  -- Submits are SERIALIZABLE and must not read what others append; decisions are READ COMMITTED.
  if tg_op = 'UPDATE' and current_setting('transaction_isolation') = 'read committed' and random() < 0.01 then
    perform private.fold_tier_upgrade_changes();
  end if;
  return null;
end
$$;

create trigger tier_upgrade_requests_track after insert or delete on public.tier_upgrade_requests
  for each row execute function private.track_tier_upgrade();
create trigger tier_upgrade_requests_track_update after update on public.tier_upgrade_requests
  for each row when (
    (old.status, old.created_at, old.reviewed_at, old.updated_at)
    is distinct from (new.status, new.created_at, new.reviewed_at, new.updated_at)
  ) execute function private.track_tier_upgrade();

-- For bulk loads that switched the triggers off, and for whoever doubts the counts.
create function private.recount_tier_upgrades() returns void
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

create function private.recount_after_truncate() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.recount_tier_upgrades();
  return null;
end
$$;

create trigger tier_upgrade_requests_recount after truncate on public.tier_upgrade_requests
  for each statement execute function private.recount_after_truncate();

revoke execute on function private.fold_tier_upgrade_changes() from public;
revoke execute on function private.recount_tier_upgrades() from public;

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

create view public.tier_upgrade_daily as
  select c.day, c.status, sum(c.n)::integer as count
  from (
    select t.day, t.status, t.n from private.tier_upgrade_day_totals t
    union all
    select c.day, c.status, c.n::bigint from private.tier_upgrade_changes c
  ) c
  group by c.day, c.status having sum(c.n) <> 0;
comment on view public.tier_upgrade_daily is
  'How many requests were submitted, approved, rejected and cancelled on each day (UTC).';

create view public.tier_review_time as
  select private.review_hours(0.5, 5) as median_hours;
comment on view public.tier_review_time is 'The usual time to a decision; null under five decisions.';

-- The whole days of the last thirty come from the counts, the day that is cut in two from the index.
create view public.tier_upgrade_stats as
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
comment on view public.tier_upgrade_stats is
  'One row. approval_rate_30d is approved / (approved + rejected) of the last 30 days, null when none was decided.';
