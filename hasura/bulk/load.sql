-- Bulk data of any size, the same for the same seed and day: run by `npm run seed` in one transaction, after
--   select set_config('bulk.vendors', …, true), set_config('bulk.requests', …, true), set_config('bulk.seed', …, true);
-- Years of history cannot be lived through triggers (they write what happens now), so they are off here; the timeline is
-- written below, the counts are made again, and `npm run seed` proves with hasura/tests/consistency.sql that all agree.

-- A number from 0 to below 1 that depends on the seed, what it is for, and which one it is.
create function pg_temp.chance(purpose text, n bigint) returns double precision
  language sql stable parallel safe
  return (hashint8extended(n, hashtextextended(purpose, current_setting('bulk.seed')::bigint)) & 1048575) / 1048576.0;

create function pg_temp.pick(choices text[], purpose text, n bigint) returns text
  language sql stable parallel safe
  return choices[1 + floor(pg_temp.chance(purpose, n) * cardinality(choices))::integer];

create function pg_temp.bulk_id(kind text, n bigint) returns uuid
  language sql stable parallel safe
  return md5(format('%s:%s:%s', current_setting('bulk.seed'), kind, n))::uuid;

-- What refers to each other below is made from the same numbers; a superuser need not have a million references checked.
select set_config('session_replication_role', 'replica', true) from pg_roles where rolname = current_user and rolsuper;
alter table public.vendors disable trigger user;
alter table public.users disable trigger user;
alter table public.vendor_locations disable trigger user;
alter table public.tier_upgrade_requests disable trigger user;
-- Nobody is to get mail about the past.
alter table public.tier_upgrade_request_events disable trigger user;

-- Each vendor's requests share two years in equal parts, one after the other, so that none begins before the one
-- before it ended. Only the last of a vendor may still be pending. Every approval lifts the vendor by one tier; when
-- more follows at the top, an administrator has set the vendor back to tier 1 in between.
create temporary table bulk_vendor on commit drop as
select n, pg_temp.bulk_id('vendor', n) as id, pg_temp.bulk_id('vendor user', n) as user_id
from generate_series(1, current_setting('bulk.vendors')::bigint) n;
create temporary table bulk_admin on commit drop as
select n, pg_temp.bulk_id('admin', n) as id from generate_series(1, 5) n;
analyze bulk_vendor, bulk_admin;

create temporary table bulk_request on commit drop as
with shape as (
  select current_setting('bulk.vendors')::bigint as vendors, current_setting('bulk.requests')::bigint as requests
), drawn as (
  select
    n, 1 + (n - 1) % shape.vendors as vendor, 1 + (n - 1) / shape.vendors as turn,
    (shape.requests - 1 - (n - 1) % shape.vendors) / shape.vendors + 1 as turns,
    pg_temp.chance('outcome', n) as outcome, pg_temp.chance('start', n) as start, pg_temp.chance('wait', n) as wait
  from shape cross join generate_series(1, shape.requests) n
), decided as (
  select *,
    case
      when turn = turns and pg_temp.chance('pending', vendor) < 0.4 then 'pending'
      when outcome < 0.45 then 'approved'
      when outcome < 0.8 then 'rejected'
      else 'cancelled'
    end as status
  from drawn
), lifted as (
  select *, count(*) filter (where status = 'approved')
    over (partition by vendor order by turn rows between unbounded preceding and 1 preceding) as lifts
  from decided
), timed as (
  select *,
    -- The first request after the third, sixth … approval.
    lifts > 0 and lifts % 3 = 0 and lifts > lag(lifts) over (partition by vendor order by turn) as is_set_back,
    (1 + lifts % 3)::integer as tier,
    interval '730 days' / turns as part,
    date_trunc('day', now(), 'UTC') - interval '730 days' as beginning
  from lifted
)
select
  timed.n, vendor, turn, status, tier, is_set_back,
  pg_temp.bulk_id('request', timed.n) as id, bulk_vendor.id as vendor_id, bulk_vendor.user_id,
  tier + 1 + case when status = 'approved' then 0 else floor(pg_temp.chance('target', timed.n) * (4 - tier))::integer end as target,
  beginning + part * (turn - 1 + start * 0.3) as created_at,
  beginning + part * (turn - 1 + start * 0.3) + least(part * 0.6, interval '9 days') * (0.02 + 0.98 * wait * wait) as ended_at,
  beginning + part * (turn - 1) - part * 0.04 as set_back_at
from timed join bulk_vendor on bulk_vendor.n = timed.vendor;

alter table bulk_request add primary key (id);
analyze bulk_request;

insert into public.vendors (id, name, slug, email, tier, is_beta, created_at, updated_at)
select
  vendor.id,
  pg_temp.pick(array['Harbour', 'Meadow', 'Northern', 'Old Mill', 'Riverside', 'Silver', 'Sunny', 'Union'], 'first', vendor.n) || ' '
    || pg_temp.pick(array['Bakery', 'Bicycles', 'Books', 'Ceramics', 'Flowers', 'Joinery', 'Roastery', 'Textiles'], 'second', vendor.n)
    || ' ' || vendor.n,
  format('bulk-%s-%s', current_setting('bulk.seed'), vendor.n),
  format('shop%s-%s@example.com', vendor.n, current_setting('bulk.seed')),
  coalesce(last.tier + (last.status = 'approved')::integer, 1),
  pg_temp.chance('beta', vendor.n) < 0.1,
  date_trunc('day', now(), 'UTC') - interval '730 days',
  coalesce(last.ended_at, date_trunc('day', now(), 'UTC') - interval '730 days')
from bulk_vendor vendor
left join (
  select distinct on (b.vendor) b.vendor, b.tier, b.status, b.ended_at
  from bulk_request b order by b.vendor, b.turn desc
) last on last.vendor = vendor.n;

-- The password of all of them is that of the demo data: tierline-demo.
insert into public.users (id, email, password_hash, role, vendor_id, created_at)
select
  person.id, format('bulk-%s%s-%s@example.com', role, n, current_setting('bulk.seed')),
  '$argon2id$v=19$m=19456,t=2,p=1$kZUqzE3E/2xfUH9hwtk07w$REoXp/k6W0t/iav6rlgTLDkSI0QrRxQ4ticzH5L2cOw',
  role, vendor_id, date_trunc('day', now(), 'UTC') - interval '730 days'
from (
  select 'vendor' as role, n, user_id as id, id as vendor_id from bulk_vendor
  union all
  select 'admin', n, id, null from bulk_admin
) person;

insert into public.vendor_locations (id, vendor_id, name, address, city, country, created_at)
select
  pg_temp.bulk_id('location', n), id, 'Main shop', format('Market Street %s', 1 + n % 180),
  pg_temp.pick(array['Bergen', 'Bologna', 'Dublin', 'Graz', 'Leipzig', 'Porto', 'Seville', 'Utrecht'], 'city', n),
  pg_temp.pick(array['Austria', 'Germany', 'Ireland', 'Italy', 'Netherlands', 'Norway', 'Portugal', 'Spain'], 'city', n),
  date_trunc('day', now(), 'UTC') - interval '730 days'
from bulk_vendor;

-- In the order of time, as they came.
insert into public.tier_upgrade_requests (
  id, vendor_id, user_id, current_tier, target_tier, business_justification, status,
  reviewed_by, reviewed_at, rejection_reason, admin_notes, created_at, updated_at
)
select
  r.id, r.vendor_id,
  -- One in fifty was submitted by administrator 1 on the vendor's behalf; 2 to 5 review.
  case when pg_temp.chance('behalf', r.n) < 0.02 then (select id from bulk_admin where n = 1) else r.user_id end,
  r.tier, r.target,
  pg_temp.pick(array[
      'Orders through your listing are up by a third on last year, and most of them ask for our second shop.',
      'We have been with you for years and now employ more people than ever before.',
      'Two neighbouring shops closed this year, so the demand on ours has grown week by week.',
      'Customers keep asking for our branch near the station, which we cannot list at the present tier.'
    ], 'opening', r.n) || ' '
    || pg_temp.pick(array[
      'The monthly performance report would replace a spreadsheet that one of us keeps by hand.',
      'A place in the seasonal campaigns would let us plan the stock for the busiest weeks.',
      'Answers within one working day matter now that three people depend on your listings.',
      'A named account manager would save us from explaining our set-up again each time.'
    ], 'middle', r.n) || ' '
    || pg_temp.pick(array[
      'We have budgeted for the higher fee and would commit to twelve months.',
      'The accounts of the last two quarters are ready if you would like to see them.',
      'Our complaints stayed under one percent all year.',
      'Thank you for considering it!'
    ], 'end', r.n),
  r.status,
  case when r.status in ('approved', 'rejected') then reviewer.id end,
  case when r.status in ('approved', 'rejected') then r.ended_at end,
  case when r.status = 'rejected' then pg_temp.pick(array[
      'We could not match the locations you mention with registered addresses.',
      'Two invoices are overdue. Once they are paid we are happy to look again.',
      'A few figures would help us decide what the higher tier would change for you.'
    ], 'reason', r.n) end,
  case when r.status in ('approved', 'rejected') and pg_temp.chance('notes', r.n) < 0.2
    then 'Orders match our own report.' end,
  r.created_at,
  case r.status when 'pending' then r.created_at else r.ended_at end
from bulk_request r join bulk_admin reviewer on reviewer.n = 2 + r.n % 4
order by r.created_at, r.id;

insert into public.tier_upgrade_request_events (
  request_id, vendor_id, at, actor_id, actor_role, kind,
  from_status, to_status, from_tier, to_tier, note, internal_note
)
select
  step.request_id, step.vendor_id, step.at, step.actor_id,
  case when step.actor_id = step.user_id then 'vendor' else 'app_admin' end,
  step.kind, step.from_status, step.to_status, step.from_tier, step.to_tier, step.note, step.internal_note
from (
  select
    r.id as request_id, r.vendor_id, b.user_id, r.created_at as at, r.user_id as actor_id, 'submitted' as kind,
    null as from_status, 'pending' as to_status, null::integer as from_tier, null::integer as to_tier,
    null as note, null as internal_note
  from bulk_request b join public.tier_upgrade_requests r on r.id = b.id
  union all
  select
    r.id, r.vendor_id, b.user_id, r.updated_at, coalesce(r.reviewed_by, b.user_id), r.status,
    'pending', r.status, case when r.status = 'approved' then r.current_tier end,
    case when r.status = 'approved' then r.target_tier end, r.rejection_reason, r.admin_notes
  from bulk_request b join public.tier_upgrade_requests r on r.id = b.id
  where r.status <> 'pending'
  union all
  select
    null, b.vendor_id, b.user_id, b.set_back_at, admin.id, 'tier_changed',
    null, null, 4, 1, 'A new year begins at the first tier.', null
  from bulk_request b join bulk_admin admin on admin.n = 2
  where b.is_set_back
) step
order by step.at, step.kind = 'submitted';

alter table public.vendors enable trigger user;
alter table public.users enable trigger user;
alter table public.vendor_locations enable trigger user;
alter table public.tier_upgrade_requests enable trigger user;
alter table public.tier_upgrade_request_events enable trigger user;

select private.recount_tier_upgrades();
