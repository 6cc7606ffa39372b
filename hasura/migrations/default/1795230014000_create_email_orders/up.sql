-- What a mail is about, for whoever writes it. email_deliveries tells operators what became of it and holds no text,
-- no token and no link; here stands from what the text is made at the moment of sending, and that is ids alone.
create table private.email_orders (
  delivery_id uuid primary key references public.email_deliveries (id) on delete cascade,
  user_id uuid not null references public.users (id) on delete cascade,
  event_id bigint
);
comment on column private.email_orders.event_id is 'The row of the timeline that the mail tells of, a plain id as all that points there; null for the reset of a password.';

create index email_orders_by_user on private.email_orders (user_id);

grant select, insert on private.email_orders to tierline_actions;
