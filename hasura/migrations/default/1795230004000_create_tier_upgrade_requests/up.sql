create table public.tier_upgrade_requests (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid not null references public.vendors (id) on delete cascade,
  user_id uuid references public.users (id) on delete set null,
  current_tier integer not null,
  target_tier integer not null,
  business_justification text not null,
  status text not null default 'pending',
  reviewed_by uuid references public.users (id) on delete set null,
  reviewed_at timestamptz,
  rejection_reason text,
  admin_notes text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tier_upgrade_requests_status_known check (status in ('pending', 'approved', 'rejected', 'cancelled')),
  constraint tier_upgrade_requests_tier_range check (current_tier between 1 and 4 and target_tier between 1 and 4),
  constraint tier_upgrade_requests_upgrade_only check (target_tier > current_tier),
  constraint tier_upgrade_requests_justification_length check (
    char_length(private.js_trim(business_justification)) between 50 and 1000
  ),
  constraint tier_upgrade_requests_reason_length check (char_length(rejection_reason) <= 1000),
  constraint tier_upgrade_requests_notes_length check (char_length(admin_notes) <= 2000),
  constraint tier_upgrade_requests_decision_fields check (
    case status
      when 'pending' then
        reviewed_by is null and reviewed_at is null and rejection_reason is null and admin_notes is null
      when 'approved' then reviewed_at is not null and rejection_reason is null
      when 'rejected' then reviewed_at is not null and coalesce(private.js_trim(rejection_reason), '') <> ''
      else rejection_reason is null
    end
  ),
  constraint tier_upgrade_requests_four_eyes check (
    status <> 'approved' or reviewed_by is null or user_id is null or reviewed_by <> user_id
  )
);
comment on column public.tier_upgrade_requests.user_id is 'Who submitted; null once that user is deleted.';
comment on column public.tier_upgrade_requests.current_tier is 'The tier at submission; the vendor may have moved since.';
comment on column public.tier_upgrade_requests.admin_notes is 'Among administrators only, never for the vendor.';

create unique index tier_upgrade_requests_one_pending on public.tier_upgrade_requests (vendor_id)
  where status = 'pending';

-- Every list ends in the id, so that equal times never make a page unstable. Reading an index backwards
-- serves the ascending orders as well.
create index tier_upgrade_requests_newest on public.tier_upgrade_requests (created_at desc, id desc);
create index tier_upgrade_requests_queue on public.tier_upgrade_requests (status, created_at desc, id desc);
create index tier_upgrade_requests_by_vendor on public.tier_upgrade_requests (vendor_id, created_at desc, id desc);
create index tier_upgrade_requests_updated on public.tier_upgrade_requests (updated_at desc, id desc);
create index tier_upgrade_requests_by_target on public.tier_upgrade_requests (target_tier desc, id desc);

-- For "on delete set null".
create index tier_upgrade_requests_user_id on public.tier_upgrade_requests (user_id) where user_id is not null;
create index tier_upgrade_requests_reviewed_by on public.tier_upgrade_requests (reviewed_by) where reviewed_by is not null;
