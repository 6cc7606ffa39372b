-- The timeline that the requests before this file would have left, in the order in which it happened. Triggers are off:
-- nobody is to get mail about the past.
alter table public.tier_upgrade_request_events disable trigger user;

insert into public.tier_upgrade_request_events (
  request_id, vendor_id, at, actor_id, actor_role, kind,
  from_status, to_status, from_tier, to_tier, note, internal_note
)
select
  step.request_id, step.vendor_id, step.at, step.actor_id,
  case actor.role when 'admin' then 'app_admin' else 'vendor' end,
  step.kind, step.from_status, step.to_status, step.from_tier, step.to_tier, step.note, step.internal_note
from (
  select
    r.id as request_id, r.vendor_id, r.created_at as at, r.user_id as actor_id, 'submitted' as kind,
    null as from_status, 'pending' as to_status, null::integer as from_tier, null::integer as to_tier,
    null as note, null as internal_note
  from public.tier_upgrade_requests r
  union all
  select
    r.id, r.vendor_id, r.updated_at, coalesce(r.reviewed_by, r.user_id), r.status,
    'pending', r.status,
    case when r.status = 'approved' then r.current_tier end,
    case when r.status = 'approved' then r.target_tier end,
    r.rejection_reason, r.admin_notes
  from public.tier_upgrade_requests r
  where r.status <> 'pending'
) step
join public.users actor on actor.id = step.actor_id
order by step.at, step.kind = 'submitted';

alter table public.tier_upgrade_request_events enable trigger user;

-- A vendor's row was last touched when its tier moved.
alter table public.vendors disable trigger user;
update public.vendors v set updated_at = moved.at
from (
  select e.vendor_id, max(e.at) as at from public.tier_upgrade_request_events e
  where e.to_tier is not null group by e.vendor_id
) moved
where moved.vendor_id = v.id;
alter table public.vendors enable trigger user;

do $$
declare
  untold bigint;
begin
  select count(*) into untold from public.vendors v
    join lateral (
      select e.to_tier from public.tier_upgrade_request_events e
      where e.vendor_id = v.id and e.to_tier is not null order by e.id desc limit 1
    ) told on told.to_tier <> v.tier;
  if untold > 0 then
    raise exception 'the demo timeline tells another tier than % vendors have', untold;
  end if;
end
$$;
