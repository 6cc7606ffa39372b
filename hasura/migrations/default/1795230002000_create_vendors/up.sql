create table public.vendors (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  slug text not null unique,
  email text not null,
  tier integer not null default 1 references public.tiers (level),
  is_beta boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint vendors_name_length check (char_length(private.js_trim(name)) between 1 and 200),
  constraint vendors_slug_format check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) <= 100),
  constraint vendors_email_format check (email ~ '^[^\s@]+@[^\s@]+$' and char_length(email) <= 320)
);
comment on column public.vendors.tier is 'Moved by an approved request or by an administrator; every move is in the timeline.';
comment on column public.vendors.is_beta is 'Whether features whose audience is beta are on for this vendor.';

create index vendors_tier on public.vendors (tier);
create index vendors_created_at on public.vendors (created_at desc, id desc);

create function private.prepare_vendor() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  new.name := private.js_trim(new.name);
  new.email := private.js_trim(new.email);
  if tg_op = 'UPDATE' and new is distinct from old then
    new.updated_at := now();
  end if;
  return new;
end
$$;

create trigger vendors_prepare before insert or update on public.vendors
  for each row execute function private.prepare_vendor();
