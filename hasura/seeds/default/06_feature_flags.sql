-- The demo shows the feature to everybody; a deployment starts it at none.
update public.feature_flags set audience = 'all' where key = 'tier_upgrade_requests';
