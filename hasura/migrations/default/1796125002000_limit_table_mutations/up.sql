-- Table mutations have no handler that counts them, and a vendor may repeat its own without end. So the database counts
-- the rows that they write, per vendor and table, in windows of an hour. Hasura names who asks in the setting
-- hasura.user of each mutation's transaction; SQL without it, the admin secret and administrators are not counted.
create table private.mutation_limits (
  table_name text primary key,
  rows_an_hour integer not null,
  constraint mutation_limits_positive check (rows_an_hour > 0)
);
comment on table private.mutation_limits is 'How many rows of a table a vendor may write in an hour by table mutations. A table without a row has no limit.';

insert into private.mutation_limits (table_name, rows_an_hour) values
  ('vendor_locations', 1000),
  ('vendors', 100),
  ('notifications', 10000);

create table private.mutation_counts (
  table_name text not null,
  subject text not null,
  rows_written bigint not null,
  ends_at timestamptz not null,
  primary key (table_name, subject)
);
comment on table private.mutation_counts is 'Rows written in the window that runs; the subject is a vendor, or a user without one.';

create index mutation_counts_end on private.mutation_counts (ends_at);

-- One call a statement: what it costs does not grow with the rows. Counted in the transaction that writes them, so what
-- is rolled back, the refused statement itself included, has not been written.
create function private.count_mutation() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  caller jsonb := nullif(current_setting('hasura.user', true), '')::jsonb;
  allowed integer;
  written bigint;
  ends timestamptz;
begin
  if caller is null or caller ->> 'x-hasura-role' in ('admin', 'app_admin') then
    return null;
  end if;
  select rows_an_hour into allowed from private.mutation_limits where table_name = tg_table_name;
  if allowed is null then
    return null;
  end if;
  select count(*) into written from changed;
  if written = 0 then
    return null;
  end if;
  insert into private.mutation_counts as counts (table_name, subject, rows_written, ends_at)
    values (tg_table_name, coalesce(caller ->> 'x-hasura-vendor-id', caller ->> 'x-hasura-user-id', ''),
      written, now() + interval '1 hour')
    on conflict (table_name, subject) do update set
      rows_written = case when counts.ends_at <= now() then 0 else counts.rows_written end + excluded.rows_written,
      ends_at = case when counts.ends_at <= now() then excluded.ends_at else counts.ends_at end
    returning rows_written, ends_at into written, ends;
  if written > allowed then
    raise exception using errcode = '23000',
      message = format('RATE_LIMIT_EXCEEDED: a vendor changes at most %s rows of %s in an hour; try again in %s minutes',
        allowed, tg_table_name, greatest(1, ceil(extract(epoch from ends - now()) / 60)));
  end if;
  return null;
end
$$;
revoke execute on function private.count_mutation() from public;

create trigger vendor_locations_count_insert after insert on public.vendor_locations
  referencing new table as changed for each statement execute function private.count_mutation();
create trigger vendor_locations_count_update after update on public.vendor_locations
  referencing new table as changed for each statement execute function private.count_mutation();
create trigger vendor_locations_count_delete after delete on public.vendor_locations
  referencing old table as changed for each statement execute function private.count_mutation();
create trigger vendors_count_update after update on public.vendors
  referencing new table as changed for each statement execute function private.count_mutation();
create trigger notifications_count_update after update on public.notifications
  referencing new table as changed for each statement execute function private.count_mutation();

-- The cron job of the action server forgets windows that are over.
grant select, delete on private.mutation_counts to tierline_actions;
