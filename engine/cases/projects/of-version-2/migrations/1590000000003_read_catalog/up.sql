create view waiting_event as
  select id, scheduled_time, status, created_at from hdb_catalog.hdb_scheduled_events where status = 'scheduled';
create function last_invocation() returns timestamp language sql stable as
  $$ select max(created_at) from hdb_catalog.event_invocation_logs $$;
create table marked (id uuid primary key default hdb_catalog.gen_hasura_uuid());
create index on hdb_catalog.event_log (created_at);
create view open_action as select id, created_at from hdb_catalog.hdb_action_log where status = 'created';
