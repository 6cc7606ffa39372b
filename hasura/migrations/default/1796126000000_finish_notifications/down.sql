create index notifications_unread on public.notifications (user_id) where read_at is null;
drop index public.notifications_open;
drop trigger notifications_finish_late on public.notifications;
drop function private.finish_late_notification();
drop trigger tier_upgrade_requests_finish_notifications on public.tier_upgrade_requests;
drop function private.finish_notifications();
alter table public.notifications drop column done_at;
drop function private.waits_for_decision(text);
