-- Whose server a mail ends at, so that senders can pass over a domain that has enough of them. A release that does not know
-- the column leaves it empty: its mails share one lane.
alter table private.email_orders add column domain text not null default '';
comment on column private.email_orders.domain is 'The domain of the recipient, in lower case.';

update private.email_orders o set domain = lower(split_part(d.recipient, '@', -1))
  from public.email_deliveries d where d.id = o.delivery_id and o.next_attempt_at is not null;
