-- In the order of time, as they came. The inner query sorts, the outer one adds the texts after that.
insert into public.tier_upgrade_requests (
  id, vendor_id, user_id, current_tier, target_tier, business_justification, status,
  reviewed_by, reviewed_at, rejection_reason, admin_notes, created_at, updated_at
)
select
  id, vendor_id, submitter_id, tier, target, pg_temp.justification(n), status,
  reviewer_id,
  case when reviewer_id is not null then ended_at end,
  case when status = 'rejected' then pg_temp.rejection_reason(n) end,
  case when reviewer_id is not null then pg_temp.admin_notes(n) end,
  created_at,
  coalesce(ended_at, created_at)
from (select * from bulk_request order by created_at, id) request;
