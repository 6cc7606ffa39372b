-- Takes back every grant in this database, those on single columns and on the event log included. The role
-- itself stays.
do $$
begin
  if to_regclass('hdb_catalog.event_log') is not null then
    revoke all on hdb_catalog.event_log from tierline_actions;
    revoke all on schema hdb_catalog from tierline_actions;
  end if;
end
$$;
revoke all on all tables in schema public, private from tierline_actions;
revoke all on schema public, private from tierline_actions;
drop function private.grant_event_log();
