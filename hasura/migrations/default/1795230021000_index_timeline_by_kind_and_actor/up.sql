-- The whole history is read newest first, of one kind or by one actor as well. Both serve that very order; rows that
-- the database wrote by itself have no actor and are found as such.
create index tier_upgrade_request_events_by_kind on public.tier_upgrade_request_events (kind, at desc, id desc);
create index tier_upgrade_request_events_by_actor on public.tier_upgrade_request_events (actor_id, at desc, id desc);
