-- One user a vendor and two administrators. Every password is tierline-demo: one argon2id hash
-- (m=19456, t=2, p=1) serves them all, since this is demo data on somebody's own machine.
insert into public.users (id, email, password_hash, role, vendor_id, created_at)
select
  ('20000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
  'vendor' || n || '@example.com',
  '$argon2id$v=19$m=19456,t=2,p=1$kZUqzE3E/2xfUH9hwtk07w$REoXp/k6W0t/iav6rlgTLDkSI0QrRxQ4ticzH5L2cOw',
  'vendor',
  ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
  now() - interval '118 days'
from generate_series(1, 40) n;

insert into public.users (id, email, password_hash, role, created_at)
select
  ('20000000-0000-4000-8000-' || lpad((900 + n)::text, 12, '0'))::uuid,
  'admin' || n || '@example.com',
  '$argon2id$v=19$m=19456,t=2,p=1$kZUqzE3E/2xfUH9hwtk07w$REoXp/k6W0t/iav6rlgTLDkSI0QrRxQ4ticzH5L2cOw',
  'admin',
  now() - interval '119 days'
from generate_series(1, 2) n;
