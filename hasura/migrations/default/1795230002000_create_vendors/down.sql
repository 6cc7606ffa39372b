drop table public.vendors;
drop function private.prepare_vendor();
