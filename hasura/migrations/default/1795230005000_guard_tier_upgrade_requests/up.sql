-- The life of a request: born pending, decided once. The refusals are check violations with a constraint
-- name of their own, so that a handler tells them apart without reading texts (docs/database.md).
create function private.prepare_tier_upgrade_request() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' and new.status <> 'pending' then
    raise check_violation using
      constraint = 'tier_upgrade_requests_born_pending', table = 'tier_upgrade_requests', schema = 'public',
      message = format('a tier upgrade request is born pending, not %s', new.status);
  end if;
  new.business_justification := private.js_trim(new.business_justification);
  new.rejection_reason := private.js_trim(new.rejection_reason);
  new.admin_notes := nullif(private.js_trim(new.admin_notes), '');
  return new;
end
$$;

create trigger tier_upgrade_requests_a_prepare before insert or update on public.tier_upgrade_requests
  for each row execute function private.prepare_tier_upgrade_request();

create function private.guard_tier_upgrade_request() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  if (new.id, new.vendor_id, new.current_tier, new.target_tier, new.business_justification)
    is distinct from (old.id, old.vendor_id, old.current_tier, old.target_tier, old.business_justification)
  then
    raise check_violation using
      constraint = 'tier_upgrade_requests_immutable', table = 'tier_upgrade_requests', schema = 'public',
      message = 'the vendor, the tiers and the justification of a tier upgrade request never change';
  end if;
  if new.status <> old.status and old.status <> 'pending' then
    raise check_violation using
      constraint = 'tier_upgrade_requests_status_move', table = 'tier_upgrade_requests', schema = 'public',
      message = format('a tier upgrade request that is %s cannot become %s', old.status, new.status);
  end if;
  if old.status <> 'pending' and new.rejection_reason is distinct from old.rejection_reason then
    raise check_violation using
      constraint = 'tier_upgrade_requests_immutable', table = 'tier_upgrade_requests', schema = 'public',
      message = 'the reason of a decided tier upgrade request never changes';
  end if;

  -- Whoever submitted or decided is forgotten only with the user. Otherwise clearing the submitter would
  -- be a way around the four eyes.
  if new.user_id is distinct from old.user_id
    and (new.user_id is not null or exists (select from public.users u where u.id = old.user_id))
    or old.status <> 'pending' and new.reviewed_by is distinct from old.reviewed_by
    and (new.reviewed_by is not null or exists (select from public.users u where u.id = old.reviewed_by))
  then
    raise check_violation using
      constraint = 'tier_upgrade_requests_immutable', table = 'tier_upgrade_requests', schema = 'public',
      message = 'who submitted and who decided a tier upgrade request never changes';
  end if;

  -- A deleted user is no news about the request.
  if (new.status, new.reviewed_at, new.rejection_reason, new.admin_notes, new.created_at)
    is distinct from (old.status, old.reviewed_at, old.rejection_reason, old.admin_notes, old.created_at)
  then
    new.updated_at := now();
  end if;
  return new;
end
$$;

create trigger tier_upgrade_requests_b_guard before update on public.tier_upgrade_requests
  for each row execute function private.guard_tier_upgrade_request();
