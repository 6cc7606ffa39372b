-- For an alert: how many events of Hasura's event triggers should have arrived by now and have not, those given up on
-- included. The log is Hasura's and may not be there yet; the action server may count in it, not read it.
create function private.count_undelivered_events() returns bigint
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  undelivered bigint := 0;
begin
  if to_regclass('hdb_catalog.event_log') is not null then
    -- Hasura's created_at is a time in UTC without a zone.
    execute $query$
      select count(*) from hdb_catalog.event_log
      where not delivered and not archived and created_at < (now() at time zone 'UTC') - interval '5 minutes'
    $query$ into undelivered;
  end if;
  return undelivered;
end
$$;
revoke execute on function private.count_undelivered_events() from public;
grant execute on function private.count_undelivered_events() to tierline_actions;
