-- Bulk data of any size, the same for the same seed and day: the files of this folder are run in their order by
-- `npm run seed`, in one transaction, after
--   select set_config('bulk.vendors', …, true), set_config('bulk.requests', …, true), set_config('bulk.seed', …, true);
-- Years of history cannot be lived through triggers (they write what happens now), so they are off meanwhile: the files
-- write the timeline themselves, the counts are made again, and hasura/tests/consistency.sql proves that all agree.

-- A constant to the planner: whatever depends on it and on other constants alone is worked out once, not for each row.
do $$
begin
  execute format(
    'create function pg_temp.seed() returns bigint language sql immutable parallel safe return %s',
    current_setting('bulk.seed')::bigint);
end
$$;

-- A number from 0 to below 1 that depends on the seed, what it is for, and which one it is.
create function pg_temp.chance(purpose text, n bigint) returns double precision
  language sql immutable parallel safe
  return (hashint8extended(n, hashtextextended(purpose, pg_temp.seed())) & 1048575) / double precision '1048576';

create function pg_temp.pick(choices text[], purpose text, n bigint) returns text
  language sql immutable parallel safe
  return choices[1 + floor(pg_temp.chance(purpose, n) * cardinality(choices))::integer];

create function pg_temp.bulk_id(kind text, n bigint) returns uuid
  language sql immutable parallel safe
  return md5(pg_temp.seed() || ':' || kind || ':' || n)::uuid;

-- The texts, made where a row is written: they would only weigh on what sorts the rows before.
create function pg_temp.justification(n bigint) returns text
  language sql immutable parallel safe
  return
    pg_temp.pick(array[
      'Orders through your listing are up by a third on last year, and most of them ask for our second shop.',
      'We have been with you for years and now employ more people than ever before.',
      'Two neighbouring shops closed this year, so the demand on ours has grown week by week.',
      'Customers keep asking for our branch near the station, which we cannot list at the present tier.'
    ], 'opening', n) || ' '
    || pg_temp.pick(array[
      'The monthly performance report would replace a spreadsheet that one of us keeps by hand.',
      'A place in the seasonal campaigns would let us plan the stock for the busiest weeks.',
      'Answers within one working day matter now that three people depend on your listings.',
      'A named account manager would save us from explaining our set-up again each time.'
    ], 'middle', n) || ' '
    || pg_temp.pick(array[
      'We have budgeted for the higher fee and would commit to twelve months.',
      'The accounts of the last two quarters are ready if you would like to see them.',
      'Our complaints stayed under one percent all year.',
      'Thank you for considering it!'
    ], 'end', n);

create function pg_temp.rejection_reason(n bigint) returns text
  language sql immutable parallel safe
  return pg_temp.pick(array[
    'We could not match the locations you mention with registered addresses.',
    'Two invoices are overdue. Once they are paid we are happy to look again.',
    'A few figures would help us decide what the higher tier would change for you.'
  ], 'reason', n);

create function pg_temp.admin_notes(n bigint) returns text
  language sql immutable parallel safe
  return case when pg_temp.chance('notes', n) < 0.2 then 'Orders match our own report.' end;

-- Everything happens between two years ago and the beginning of today.
create function pg_temp.beginning() returns timestamptz
  language sql stable parallel safe
  return date_trunc('day', now(), 'UTC') - interval '730 days';

create temporary table bulk_admin on commit drop as
select n, pg_temp.bulk_id('admin', n) as id from generate_series(1, 5) n;
create temporary table bulk_vendor on commit drop as
select n, pg_temp.bulk_id('vendor', n) as id, pg_temp.bulk_id('vendor user', n) as user_id
from generate_series(1, current_setting('bulk.vendors')::bigint) n;
analyze bulk_admin, bulk_vendor;

-- Each vendor's requests share two years in equal parts, one after the other, so that none begins before the one
-- before it ended. Only the last of a vendor may still be pending. Every approval lifts the vendor by one tier; when
-- more follows at the top, an administrator has set the vendor back to tier 1 in between.
create temporary table bulk_request on commit drop as
with shape as (
  select
    current_setting('bulk.vendors')::bigint as vendors, current_setting('bulk.requests')::bigint as requests,
    pg_temp.beginning() as beginning, (select array_agg(a.id order by a.n) from bulk_admin a) as admins
), turns as (
  -- Vendor by vendor, which is the order that the windows below want.
  select
    v.n as vendor, v.id as vendor_id, v.user_id, turn, shared.turns, v.n + (turn - 1) * shape.vendors as n
  from shape
  cross join bulk_vendor v
  cross join lateral (select (shape.requests - v.n) / shape.vendors + 1 as turns) shared
  cross join lateral generate_series(1, shared.turns) turn
  where v.n <= shape.requests
), ended as (
  select *,
    case
      when turn = turns and pg_temp.chance('pending', vendor) < 0.4 then 'pending'
      when pg_temp.chance('outcome', n) < 0.45 then 'approved'
      when pg_temp.chance('outcome', n) < 0.8 then 'rejected'
      else 'cancelled'
    end as status
  from turns
), lifted as (
  select *, count(*) filter (where status = 'approved')
    over (partition by vendor order by turn rows between unbounded preceding and 1 preceding) as lifts
  from ended
), placed as (
  select *,
    -- The first request after the third, sixth … approval.
    lifts > 0 and lifts % 3 = 0 and lifts > lag(lifts) over (partition by vendor order by turn) as is_set_back,
    (1 + lifts % 3)::integer as tier,
    interval '730 days' / turns as part
  from lifted
), timed as (
  select *,
    beginning + part * (turn - 1 + pg_temp.chance('start', n) * 0.3) as created_at,
    least(part * 0.6, interval '9 days') * (0.02 + 0.98 * pg_temp.chance('wait', n) * pg_temp.chance('wait', n)) as wait
  from placed cross join shape
)
select
  n, vendor, vendor_id, user_id, pg_temp.bulk_id('request', n) as id, turn = turns as is_last, status,
  -- One in fifty was submitted by administrator 1 on the vendor's behalf; 2 to 5 review.
  case when pg_temp.chance('behalf', n) < 0.02 then admins[1] else user_id end as submitter_id,
  case when status in ('approved', 'rejected') then admins[2 + n % 4] end as reviewer_id,
  tier,
  tier + 1 + case when status = 'approved' then 0 else floor(pg_temp.chance('target', n) * (4 - tier))::integer end
    as target,
  created_at,
  case when status <> 'pending' then created_at + wait end as ended_at,
  case when is_set_back then beginning + part * (turn - 1) - part * 0.04 end as set_back_at
from timed;
analyze bulk_request;
