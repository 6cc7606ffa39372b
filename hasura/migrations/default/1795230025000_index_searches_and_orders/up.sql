-- Words are looked for anywhere in a text (`ilike '%words%'`), which an index of their trigrams finds from three letters
-- on. The extension comes with PostgreSQL and is trusted: whoever may create things in the database may install it.
create extension if not exists pg_trgm with schema public;
create index tier_upgrade_requests_words on public.tier_upgrade_requests using gin (business_justification gin_trgm_ops);
create index vendors_words on public.vendors using gin (name gin_trgm_ops, email gin_trgm_ops, slug gin_trgm_ops);
create index users_words on public.users using gin (email gin_trgm_ops);
create index email_deliveries_words on public.email_deliveries
  using gin (recipient gin_trgm_ops, template gin_trgm_ops);

-- The other orders that lists can be put into, each ending in the id.
create index vendors_name on public.vendors (name, id);
drop index public.vendors_tier;
create index vendors_tier on public.vendors (tier, id);
create index users_email on public.users (email, id);
create index users_created_at on public.users (created_at desc, id desc);
create index email_deliveries_attempts on public.email_deliveries (attempts, id);
-- The latest decision first; what is undecided has none and comes last.
create index tier_upgrade_requests_reviewed on public.tier_upgrade_requests (reviewed_at desc nulls last, id desc)
  include (status);
