create table public.tier_upgrade_request_events (
  id bigint generated always as identity primary key,
  request_id uuid,
  vendor_id uuid,
  at timestamptz not null default now(),
  actor_id uuid,
  actor_role text not null default 'database',
  kind text not null,
  from_status text,
  to_status text,
  from_tier integer,
  to_tier integer,
  note text,
  internal_note text,
  constraint tier_upgrade_request_events_kind_known check (kind in (
    'submitted', 'approved', 'rejected', 'cancelled', 'tier_changed',
    'beta_changed', 'flag_changed', 'user_disabled', 'user_enabled'
  )),
  constraint tier_upgrade_request_events_actor_known check (
    actor_role in ('vendor', 'app_admin', 'database') and (actor_role = 'database') = (actor_id is null)
  ),
  constraint tier_upgrade_request_events_tiers check (
    (kind in ('approved', 'tier_changed')) = (from_tier is not null and to_tier is not null)
    and (from_tier is null) = (to_tier is null)
  )
);
comment on table public.tier_upgrade_request_events is
  'The audit timeline. Append-only for everyone; written by triggers. Its ids are no foreign keys, because the history outlives what it tells of.';
comment on column public.tier_upgrade_request_events.note is 'For the vendor to read.';
comment on column public.tier_upgrade_request_events.internal_note is 'For administrators only.';

create index tier_upgrade_request_events_by_request on public.tier_upgrade_request_events (request_id, id desc);
create index tier_upgrade_request_events_by_vendor on public.tier_upgrade_request_events (vendor_id, id desc);
create index tier_upgrade_request_events_newest on public.tier_upgrade_request_events (at desc, id desc);
-- The row that a vendor's tier must agree with, in one index probe.
create index tier_upgrade_request_events_tiers on public.tier_upgrade_request_events (vendor_id, id desc)
  where to_tier is not null;

create function private.refuse_timeline_change() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  raise restrict_violation using
    table = 'tier_upgrade_request_events', schema = 'public',
    message = format('the timeline is append-only: %s is refused', lower(tg_op));
end
$$;

create trigger tier_upgrade_request_events_append_only
  before update or delete or truncate on public.tier_upgrade_request_events
  for each statement execute function private.refuse_timeline_change();

-- Writes one row in the name of the actor whom the transaction has announced:
--   tierline.actor_id, tierline.actor_role   both set: that user; otherwise the row says "database"
--   tierline.note, tierline.internal_note    used where the change itself brings no text
create function private.write_timeline(
  kind text, request_id uuid, vendor_id uuid, at timestamptz,
  from_status text, to_status text, from_tier integer, to_tier integer, note text, internal_note text
) returns void
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
declare
  announced_id uuid := nullif(current_setting('tierline.actor_id', true), '')::uuid;
  announced_role text := nullif(current_setting('tierline.actor_role', true), '');
  is_named boolean := announced_id is not null and announced_role is not null;
begin
  insert into public.tier_upgrade_request_events (
    kind, request_id, vendor_id, at, actor_id, actor_role,
    from_status, to_status, from_tier, to_tier, note, internal_note
  ) values (
    kind, request_id, vendor_id, at,
    case when is_named then announced_id end,
    case when is_named then announced_role else 'database' end,
    from_status, to_status, from_tier, to_tier,
    coalesce(note, nullif(private.js_trim(current_setting('tierline.note', true)), '')),
    coalesce(internal_note, nullif(private.js_trim(current_setting('tierline.internal_note', true)), ''))
  );
end
$$;
-- Only the triggers below, which run as their owner, may write history.
revoke execute on function
  private.write_timeline(text, uuid, uuid, timestamptz, text, text, integer, integer, text, text) from public;

create function private.record_submission() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.write_timeline(
    'submitted', new.id, new.vendor_id, new.created_at, null, new.status, null, null, null, null);
  return null;
end
$$;

create trigger tier_upgrade_requests_record_submission after insert on public.tier_upgrade_requests
  for each row execute function private.record_submission();

-- A decision. For an approval the vendor moves here, in the statement that approves: the request's row is
-- locked already (it is being updated), the vendor's comes second, as everywhere.
create function private.record_decision() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  tier_now integer;
begin
  if new.status <> 'approved' then
    perform private.write_timeline(
      new.status, new.id, new.vendor_id, coalesce(new.reviewed_at, now()),
      old.status, new.status, null, null, new.rejection_reason, new.admin_notes);
    return null;
  end if;

  select v.tier into strict tier_now from public.vendors v where v.id = new.vendor_id for no key update;
  if new.target_tier <= tier_now then
    raise check_violation using
      constraint = 'tier_upgrade_requests_outranked', table = 'tier_upgrade_requests', schema = 'public',
      message = format('the vendor is at tier %s already, tier %s is no upgrade', tier_now, new.target_tier);
  end if;
  perform private.write_timeline(
    'approved', new.id, new.vendor_id, new.reviewed_at,
    old.status, new.status, tier_now, new.target_tier, null, new.admin_notes);
  update public.vendors set tier = new.target_tier where id = new.vendor_id;
  return null;
end
$$;

create trigger tier_upgrade_requests_record_decision after update on public.tier_upgrade_requests
  for each row when (old.status <> new.status) execute function private.record_decision();

-- A tier that moved is written down unless the newest row tells of it already, which is so after an
-- approval only. Comparing with the rows, not with a flag in the session, leaves nothing to forge.
create function private.record_vendor_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
  tier_now integer;
  tier_told integer;
begin
  if new.tier <> old.tier then
    select v.tier into tier_now from public.vendors v where v.id = new.id;
    select e.to_tier into tier_told from public.tier_upgrade_request_events e
      where e.vendor_id = new.id and e.to_tier is not null order by e.id desc limit 1;
    if tier_now <> coalesce(tier_told, old.tier) then
      perform private.write_timeline(
        'tier_changed', null, new.id, now(), null, null, coalesce(tier_told, old.tier), tier_now, null, null);
    end if;
  end if;
  if new.is_beta <> old.is_beta then
    perform private.write_timeline(
      'beta_changed', null, new.id, now(), null, null, null, null, null,
      case when new.is_beta then 'beta: off to on' else 'beta: on to off' end);
  end if;
  return null;
end
$$;

create trigger vendors_record_change after update on public.vendors
  for each row when (old.tier <> new.tier or old.is_beta <> new.is_beta)
  execute function private.record_vendor_change();

-- The user is named by id: an address would stay in the history after the user is deleted.
create function private.record_user_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.write_timeline(
    case when new.disabled_at is null then 'user_enabled' else 'user_disabled' end,
    null, new.vendor_id, now(), null, null, null, null, null, format('user %s', new.id));
  return null;
end
$$;

create trigger users_record_change after update on public.users
  for each row when ((old.disabled_at is null) <> (new.disabled_at is null))
  execute function private.record_user_change();
