-- What the newest requests and decisions told their readers, so that the bell has something to show.
insert into public.notifications (user_id, kind, title, body, request_id, read_at, created_at, dedupe_key)
select
  u.id,
  'tier_upgrade_request_' || e.kind,
  case e.kind
    when 'submitted' then 'New tier upgrade request'
    when 'approved' then 'Your tier upgrade was approved'
    else 'Your tier upgrade was not approved'
  end,
  case e.kind
    when 'submitted' then format('%s asks for the %s tier.', v.name, t.name)
    when 'approved' then format('You are now at the %s tier.', t.name)
    else e.note
  end,
  e.request_id,
  case when e.at < now() - interval '3 days' then e.at + interval '5 hours' end,
  e.at,
  format('%s:%s:%s', e.request_id, e.kind, u.id)
from public.tier_upgrade_request_events e
join public.tier_upgrade_requests r on r.id = e.request_id
join public.vendors v on v.id = r.vendor_id
join public.tiers t on t.level = r.target_tier
join public.users u on case e.kind when 'submitted' then u.role = 'admin' else u.vendor_id = v.id end
where e.kind in ('submitted', 'approved', 'rejected') and e.at > now() - interval '30 days';
