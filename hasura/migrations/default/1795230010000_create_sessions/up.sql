-- One row per sign-in. Rotating a token locks this row, so revoking the family and rotating it cannot
-- pass each other.
create table private.sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.users (id) on delete cascade,
  app text,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  constraint sessions_app_known check (app in ('portal', 'admin'))
);
comment on table private.sessions is 'A sign-in and the family of refresh tokens that stems from it.';
comment on column private.sessions.app is 'The UI whose cookie holds the token; null when the client keeps the token itself.';

create index sessions_by_user on private.sessions (user_id);

create table private.refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references private.sessions (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint refresh_tokens_hash_length check (octet_length(token_hash) = 32)
);
comment on column private.refresh_tokens.token_hash is 'SHA-256 of the token; the token itself is nowhere.';
comment on column private.refresh_tokens.used_at is 'Set when it was rotated; a second use revokes the session.';

create index refresh_tokens_by_session on private.refresh_tokens (session_id);
create index refresh_tokens_expiry on private.refresh_tokens (expires_at);

create table private.password_reset_tokens (
  token_hash bytea primary key,
  user_id uuid not null references public.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint password_reset_tokens_hash_length check (octet_length(token_hash) = 32)
);

create index password_reset_tokens_by_user on private.password_reset_tokens (user_id);
