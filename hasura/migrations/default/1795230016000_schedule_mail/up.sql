-- When a mail may be tried, and who is trying it now. Whoever sends takes a row that is due and holds it by the lease,
-- which is renewed while the mail is under way; of a sender that died the row is free again when the lease ends.
alter table private.email_orders
  add column next_attempt_at timestamptz default now(),
  add column leased_until timestamptz;
comment on column private.email_orders.next_attempt_at is 'Null when nothing is left to do: the mail was sent, or given up.';

create index email_orders_due on private.email_orders (next_attempt_at) where next_attempt_at is not null;

grant update (next_attempt_at, leased_until) on private.email_orders to tierline_actions;

-- The metadata that comes with this has an event trigger.
select private.grant_event_log();
