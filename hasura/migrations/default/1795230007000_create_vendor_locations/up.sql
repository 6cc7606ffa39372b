create table public.vendor_locations (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid not null references public.vendors (id) on delete cascade,
  name text not null,
  address text not null,
  city text not null,
  country text not null,
  created_at timestamptz not null default now(),
  constraint vendor_locations_name_length check (char_length(private.js_trim(name)) between 1 and 200),
  constraint vendor_locations_address_length check (char_length(private.js_trim(address)) between 1 and 500),
  constraint vendor_locations_city_length check (char_length(private.js_trim(city)) between 1 and 200),
  constraint vendor_locations_country_length check (char_length(private.js_trim(country)) between 1 and 200)
);

create index vendor_locations_by_vendor on public.vendor_locations (vendor_id, created_at desc, id desc);

-- One row a vendor that every new location updates: it queues concurrent inserts of one vendor, and in
-- REPEATABLE READ and above it turns a count over an old snapshot into a serialization failure.
create table private.location_turns (
  vendor_id uuid primary key references public.vendors (id) on delete cascade,
  turn bigint not null
);

create function private.prepare_vendor_location() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  allowed integer;
  taken integer;
begin
  new.name := private.js_trim(new.name);
  new.address := private.js_trim(new.address);
  new.city := private.js_trim(new.city);
  new.country := private.js_trim(new.country);
  if tg_op = 'UPDATE' and new.vendor_id = old.vendor_id then
    return new;
  end if;

  -- The share lock holds the tier still; a vendor that is not there is left to the foreign key.
  select t.max_locations into allowed
    from public.vendors v join public.tiers t on t.level = v.tier
    where v.id = new.vendor_id for share of v;
  if allowed is null then
    return new;
  end if;
  insert into private.location_turns as turns (vendor_id, turn) values (new.vendor_id, 1)
    on conflict (vendor_id) do update set turn = turns.turn + 1;
  select count(*) into taken from public.vendor_locations l where l.vendor_id = new.vendor_id;
  if taken >= allowed then
    raise exception using errcode = '23000',
      message = format('LOCATION_LIMIT_REACHED: the tier of this vendor allows %s location%s',
        allowed, case when allowed = 1 then '' else 's' end);
  end if;
  return new;
end
$$;

create trigger vendor_locations_prepare before insert or update on public.vendor_locations
  for each row execute function private.prepare_vendor_location();
