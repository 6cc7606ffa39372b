alter table private.email_orders drop column domain;
