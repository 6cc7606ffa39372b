-- What the triggers would have written, in the order of time: the ids of the timeline grow with it.
insert into public.tier_upgrade_request_events (
  request_id, vendor_id, at, actor_id, actor_role, kind, from_status, to_status, from_tier, to_tier, note, internal_note
)
select
  request_id, vendor_id, at, actor_id, case when is_admin then 'app_admin' else 'vendor' end, kind,
  case when kind in ('approved', 'rejected', 'cancelled') then 'pending' end, to_status, from_tier, to_tier,
  case kind
    when 'rejected' then pg_temp.rejection_reason(n)
    when 'tier_changed' then 'A new year begins at the first tier.'
  end,
  case when kind in ('approved', 'rejected') then pg_temp.admin_notes(n) end
from (
  select *
  from (
    select
      n, id as request_id, vendor_id, created_at as at, submitter_id as actor_id, submitter_id <> user_id as is_admin,
      'submitted' as kind, 'pending' as to_status, null::integer as from_tier, null::integer as to_tier
    from bulk_request
    union all
    select
      n, id, vendor_id, ended_at, coalesce(reviewer_id, user_id), reviewer_id is not null,
      status, status, case when status = 'approved' then tier end, case when status = 'approved' then target end
    from bulk_request where status <> 'pending'
    union all
    select
      b.n, null, b.vendor_id, b.set_back_at, admin.id, true,
      'tier_changed', null, 4, 1
    from bulk_request b join bulk_admin admin on admin.n = 2 where b.set_back_at is not null
  ) step
  order by at, kind = 'submitted', n
) step;
