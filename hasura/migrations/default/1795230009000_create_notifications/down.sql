drop table public.analytics_events;
drop table public.email_deliveries;
drop table public.notifications;
