-- A notification about something that waits for a person is done when that is decided, by whomever, and need not be
-- opened any more: the bell counts what still waits, not what happened. Whoever decides, and however, this is kept here.
alter table public.notifications add column done_at timestamptz;
comment on column public.notifications.done_at is
  'When what it asks for was decided, by anyone, or went away. Null for news that asks for nothing: that ends with read_at.';

-- The kinds that ask for something. Each kind of thing that waits adds its own.
create function private.waits_for_decision(kind text) returns boolean
  language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$ select kind = 'tier_upgrade_request_submitted' $$;
revoke execute on function private.waits_for_decision(text) from public;

update public.notifications n set done_at = coalesce(
    (select coalesce(r.reviewed_at, r.updated_at) from public.tier_upgrade_requests r where r.id = n.request_id), now())
  where private.waits_for_decision(n.kind)
    and not exists (select from public.tier_upgrade_requests r where r.id = n.request_id and r.status = 'pending');

create function private.finish_notifications() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  update public.notifications set done_at = now()
    where request_id = new.id and done_at is null and private.waits_for_decision(kind);
  return null;
end
$$;
revoke execute on function private.finish_notifications() from public;

create trigger tier_upgrade_requests_finish_notifications after update on public.tier_upgrade_requests
  for each row when (old.status = 'pending' and new.status <> 'pending') execute function private.finish_notifications();

-- Told late, of what was decided meanwhile, or of a request that is deleted: done from the start. The lock makes a decision
-- that is under way come before or after, so that none misses the row.
create function private.finish_late_notification() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if new.done_at is null and private.waits_for_decision(new.kind) then
    perform from public.tier_upgrade_requests r where r.id = new.request_id and r.status = 'pending' for share;
    if not found then
      new.done_at := now();
    end if;
  end if;
  return new;
end
$$;
revoke execute on function private.finish_late_notification() from public;

create trigger notifications_finish_late before insert or update of request_id on public.notifications
  for each row execute function private.finish_late_notification();

-- What the bell counts.
create index notifications_open on public.notifications (user_id) where read_at is null and done_at is null;
drop index public.notifications_unread;
