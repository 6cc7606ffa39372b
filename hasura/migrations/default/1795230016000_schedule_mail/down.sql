alter table private.email_orders drop column leased_until, drop column next_attempt_at;
