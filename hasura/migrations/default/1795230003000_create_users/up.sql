create table public.users (
  id uuid primary key default gen_random_uuid(),
  email text not null,
  password_hash text not null,
  role text not null,
  vendor_id uuid references public.vendors (id) on delete cascade,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  constraint users_role_known check (role in ('vendor', 'admin')),
  constraint users_vendor_matches_role check ((role = 'vendor') = (vendor_id is not null)),
  constraint users_email_format check (email ~ '^[^\s@]+@[^\s@]+$' and char_length(email) <= 320)
);
comment on column public.users.password_hash is 'argon2id in PHC form. In no permission of any role.';
comment on column public.users.disabled_at is 'Set: the user is refused at once by every handler.';

create unique index users_email_key on public.users (lower(email));
create index users_vendor_id on public.users (vendor_id) where vendor_id is not null;
create index users_enabled_admins on public.users (id) where role = 'admin' and disabled_at is null;

create function private.prepare_user() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  new.email := private.js_trim(new.email);
  return new;
end
$$;

create trigger users_prepare before insert or update on public.users
  for each row execute function private.prepare_user();
