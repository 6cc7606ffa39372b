drop table public.vendor_locations;
drop function private.prepare_vendor_location();
drop table private.location_turns;
