drop index public.vendors_search_name;
drop index public.tier_upgrade_requests_words;
create index tier_upgrade_requests_words on public.tier_upgrade_requests using gin (business_justification gin_trgm_ops);
drop function public.vendors_search_name(public.vendors);
drop function public.tier_upgrade_requests_search_text(public.tier_upgrade_requests);
drop function private.search_pattern(text);
drop function private.search_form(text);
