-- What is searched for is found however it is written: composed or decomposed letters, upper or lower case, with or
-- without accents (`istanbul` finds `İstanbul`). Most texts are plain ASCII, which needs none of it.
create function private.search_form(value text) returns text
  language sql immutable parallel safe
  return case
    when octet_length(value) = char_length(value) then lower(value collate "pg_c_utf8")
    else replace(
      lower(regexp_replace(normalize(value, nfkd), '[\u0300-\u036F]', '', 'g') collate "pg_c_utf8"), 'ς', 'σ')
  end;

-- Words to be found anywhere in a text: as a pattern for `like`, in which they stand for themselves.
create function private.search_pattern(words text) returns text
  language sql immutable parallel safe
  return '%' || regexp_replace(private.search_form(words), '([\\%_])', '\\\1', 'g') || '%';

-- A request is found by what the vendor wrote and by what it was answered.
create function public.tier_upgrade_requests_search_text(request public.tier_upgrade_requests) returns text
  language sql stable parallel safe
  return private.search_form(
    request.business_justification || E'\n' || coalesce(request.rejection_reason, ''));

create function public.vendors_search_name(vendor public.vendors) returns text
  language sql stable parallel safe
  return private.search_form(vendor.name);

-- The same expressions as in the functions above, which Postgres writes out where they are called.
drop index public.tier_upgrade_requests_words;
create index tier_upgrade_requests_words on public.tier_upgrade_requests
  using gin (private.search_form(business_justification || E'\n' || coalesce(rejection_reason, '')) gin_trgm_ops);
create index vendors_search_name on public.vendors using gin (private.search_form(name) gin_trgm_ops);

-- The action server answers the same searches, and its rows are put into these indexes. The two functions of tables are
-- Hasura's alone.
revoke execute on function private.search_form(text), private.search_pattern(text),
  public.tier_upgrade_requests_search_text(public.tier_upgrade_requests), public.vendors_search_name(public.vendors)
  from public;
grant execute on function private.search_form(text), private.search_pattern(text) to tierline_actions;
