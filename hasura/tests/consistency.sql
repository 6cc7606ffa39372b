-- Every row is something that must never be: an empty answer means that the vendors' tiers, the requests and
-- the timeline tell one story. Checked by tests, and by bulk loads that wrote with the triggers off.
with told as (
  select
    e.request_id,
    count(*) filter (where e.kind = 'submitted') as submitted,
    count(*) filter (where e.kind <> 'submitted') as closed
  from public.tier_upgrade_request_events e
  where e.kind in ('submitted', 'approved', 'rejected', 'cancelled')
  group by e.request_id
),
tier_row as (
  select
    e.id, e.vendor_id, e.from_tier, e.to_tier,
    lag(e.to_tier) over (partition by e.vendor_id order by e.id) as told_before,
    row_number() over (partition by e.vendor_id order by e.id desc) as age
  from public.tier_upgrade_request_events e
  where e.to_tier is not null
)
select 'the tier is not the one that the newest row tells' as problem, v.id::text as id
from public.vendors v join tier_row t on t.vendor_id = v.id and t.age = 1
where t.to_tier <> v.tier
union all
select 'a change of tier does not start where the one before it ended', t.id::text
from tier_row t where t.from_tier <> t.told_before
union all
select 'more than one pending request of a vendor', r.vendor_id::text
from public.tier_upgrade_requests r where r.status = 'pending' group by r.vendor_id having count(*) > 1
union all
select wrong.problem, r.id::text
from public.tier_upgrade_requests r
left join told t on t.request_id = r.id
cross join lateral (values
  ('a request that was not submitted exactly once', coalesce(t.submitted, 0) <> 1),
  (
    'a request without exactly one closing row, or a pending one with any',
    coalesce(t.closed, 0) <> case r.status when 'pending' then 0 else 1 end
  )
) wrong (problem, is_so)
where wrong.is_so
union all
select 'a closing row that says other than its request', r.id::text
from public.tier_upgrade_request_events e join public.tier_upgrade_requests r on r.id = e.request_id
where e.kind in ('approved', 'rejected', 'cancelled')
  and (e.kind <> r.status or e.vendor_id <> r.vendor_id or (e.kind = 'approved' and e.to_tier <> r.target_tier));
