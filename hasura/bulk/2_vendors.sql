insert into public.vendors (id, name, slug, email, tier, is_beta, created_at, updated_at)
select
  vendor.id,
  pg_temp.pick(array['Harbour', 'Meadow', 'Northern', 'Old Mill', 'Riverside', 'Silver', 'Sunny', 'Union'], 'first', vendor.n) || ' '
    || pg_temp.pick(array['Bakery', 'Bicycles', 'Books', 'Ceramics', 'Flowers', 'Joinery', 'Roastery', 'Textiles'], 'second', vendor.n)
    || ' ' || vendor.n,
  format('bulk-%s-%s', pg_temp.seed(), vendor.n),
  format('shop%s-%s@example.com', vendor.n, pg_temp.seed()),
  coalesce(last.tier + (last.status = 'approved')::integer, 1),
  pg_temp.chance('beta', vendor.n) < 0.1,
  pg_temp.beginning(),
  coalesce(last.ended_at, last.created_at, pg_temp.beginning())
from bulk_vendor vendor left join bulk_request last on last.vendor = vendor.n and last.is_last;

-- The password of all of them is that of the demo data: tierline-demo.
insert into public.users (id, email, password_hash, role, vendor_id, created_at)
select
  person.id, format('bulk-%s%s-%s@example.com', role, n, pg_temp.seed()),
  '$argon2id$v=19$m=19456,t=2,p=1$kZUqzE3E/2xfUH9hwtk07w$REoXp/k6W0t/iav6rlgTLDkSI0QrRxQ4ticzH5L2cOw',
  role, vendor_id, pg_temp.beginning()
from (
  select 'vendor' as role, n, user_id as id, id as vendor_id from bulk_vendor
  union all
  select 'admin', n, id, null from bulk_admin
) person;

insert into public.vendor_locations (id, vendor_id, name, address, city, country, created_at)
select
  pg_temp.bulk_id('location', n), id, 'Main shop', format('Market Street %s', 1 + n % 180),
  pg_temp.pick(array['Bergen', 'Bologna', 'Dublin', 'Graz', 'Leipzig', 'Porto', 'Seville', 'Utrecht'], 'city', n),
  pg_temp.pick(array['Norway', 'Italy', 'Ireland', 'Austria', 'Germany', 'Portugal', 'Spain', 'Netherlands'], 'city', n),
  pg_temp.beginning()
from bulk_vendor;
