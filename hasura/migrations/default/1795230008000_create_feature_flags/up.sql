create table public.feature_flags (
  key text primary key,
  audience text not null default 'none',
  constraint feature_flags_key_format check (key ~ '^[a-z][a-z0-9_]{0,99}$'),
  constraint feature_flags_audience_known check (audience in ('none', 'beta', 'all'))
);
comment on column public.feature_flags.audience is 'Who has the feature: nobody, vendors with is_beta, or everybody.';

-- A deployment starts with the feature off; roll-out goes none, beta, all.
insert into public.feature_flags (key, audience) values ('tier_upgrade_requests', 'none');

create function private.record_flag_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
  perform private.write_timeline(
    'flag_changed', null, null, now(), null, null, null, null, null,
    format('%s: %s to %s',
      case when tg_op = 'DELETE' then old.key else new.key end,
      case when tg_op = 'INSERT' then 'absent' else old.audience end,
      case when tg_op = 'DELETE' then 'absent' else new.audience end));
  return null;
end
$$;

create trigger feature_flags_record_presence after insert or delete on public.feature_flags
  for each row execute function private.record_flag_change();
create trigger feature_flags_record_change after update on public.feature_flags
  for each row when (old.* is distinct from new.*) execute function private.record_flag_change();
