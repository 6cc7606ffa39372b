drop table public.users;
drop function private.prepare_user();
