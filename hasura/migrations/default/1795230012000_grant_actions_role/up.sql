-- What the action server's own login may do: read, and write exactly what its use cases write. No
-- ownership, no DDL, and nothing but reading on the timeline, which the triggers write for it.
grant usage on schema public, private to tierline_actions;

grant select on
  public.tiers, public.vendors, public.users, public.tier_upgrade_requests, public.tier_upgrade_request_events,
  public.vendor_locations, public.feature_flags, public.notifications, public.email_deliveries,
  public.analytics_events
to tierline_actions;

grant insert (vendor_id, user_id, current_tier, target_tier, business_justification, status)
  on public.tier_upgrade_requests to tierline_actions;
grant update (status, reviewed_by, reviewed_at, rejection_reason, admin_notes)
  on public.tier_upgrade_requests to tierline_actions;
grant update (tier, is_beta) on public.vendors to tierline_actions;
grant update (password_hash, disabled_at) on public.users to tierline_actions;
grant update (audience) on public.feature_flags to tierline_actions;

grant insert on public.notifications, public.email_deliveries, public.analytics_events to tierline_actions;
grant update (status, attempts, last_error, message_id, sent_at) on public.email_deliveries to tierline_actions;

grant select, insert, update, delete
  on private.sessions, private.refresh_tokens, private.password_reset_tokens to tierline_actions;

-- Hasura's event triggers write the event log as whoever changed the row. Its table comes and goes with
-- Hasura, so a later migration that needs the grant calls this again.
create function private.grant_event_log() returns void
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if to_regclass('hdb_catalog.event_log') is not null then
    grant usage on schema hdb_catalog to tierline_actions;
    grant insert on hdb_catalog.event_log to tierline_actions;
  end if;
end
$$;
revoke execute on function private.grant_event_log() from public;

select private.grant_event_log();
