drop table public.feature_flags;
drop function private.record_flag_change();
