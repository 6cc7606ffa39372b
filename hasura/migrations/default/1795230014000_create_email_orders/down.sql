drop table private.email_orders;
