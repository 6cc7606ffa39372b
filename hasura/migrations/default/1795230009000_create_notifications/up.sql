create table public.notifications (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.users (id) on delete cascade,
  kind text not null,
  title text not null,
  body text not null,
  request_id uuid references public.tier_upgrade_requests (id) on delete set null,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  dedupe_key text not null unique,
  constraint notifications_kind_present check (kind <> ''),
  constraint notifications_title_present check (title <> '')
);
comment on column public.notifications.dedupe_key is 'One per event and user, so that an event delivered twice notifies once.';

create index notifications_by_user on public.notifications (user_id, created_at desc, id desc);
create index notifications_unread on public.notifications (user_id) where read_at is null;
create index notifications_request_id on public.notifications (request_id) where request_id is not null;

create table public.email_deliveries (
  id uuid primary key default gen_random_uuid(),
  dedupe_key text not null unique,
  recipient text not null,
  template text not null,
  status text not null default 'queued',
  attempts integer not null default 0,
  last_error text,
  message_id text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  constraint email_deliveries_status_known check (status in ('queued', 'sent', 'failed', 'dead')),
  constraint email_deliveries_attempts_counted check (attempts >= 0),
  constraint email_deliveries_sent_at_when_sent check ((status = 'sent') = (sent_at is not null))
);
comment on table public.email_deliveries is 'What became of each mail. Holds no text, no token and no link.';

create index email_deliveries_newest on public.email_deliveries (created_at desc, id desc);
create index email_deliveries_by_status on public.email_deliveries (status, created_at desc, id desc);

create table public.analytics_events (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  properties jsonb not null default '{}',
  at timestamptz not null default now(),
  dedupe_key text not null unique,
  constraint analytics_events_name_known check (name in (
    'tier_upgrade_request_submitted', 'tier_upgrade_request_approved',
    'tier_upgrade_request_rejected', 'tier_upgrade_request_cancelled'
  )),
  constraint analytics_events_properties_object check (jsonb_typeof(properties) = 'object')
);

create index analytics_events_newest on public.analytics_events (at desc, id desc);
