do $$
begin
  execute format('grant temporary on database %I to public', current_database());
end
$$;

grant execute on function
  private.prepare_vendor(), private.prepare_user(), private.prepare_tier_upgrade_request(),
  private.guard_tier_upgrade_request(), private.refuse_timeline_change(), private.record_submission(),
  private.record_decision(), private.record_vendor_change(), private.record_user_change(),
  private.prepare_vendor_location(), private.record_flag_change(),
  private.count_tier_upgrade(public.tier_upgrade_requests), private.track_tier_upgrade(),
  private.recount_after_truncate(), private.review_hours(double precision, integer)
to public;
