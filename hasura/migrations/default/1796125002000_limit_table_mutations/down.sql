drop trigger notifications_count_update on public.notifications;
drop trigger vendors_count_update on public.vendors;
drop trigger vendor_locations_count_delete on public.vendor_locations;
drop trigger vendor_locations_count_update on public.vendor_locations;
drop trigger vendor_locations_count_insert on public.vendor_locations;
drop function private.count_mutation();
drop table private.mutation_counts;
drop table private.mutation_limits;
