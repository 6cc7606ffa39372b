-- What no GraphQL role may ever see lives here: Hasura tracks nothing in this schema.
create schema private;
comment on schema private is 'Secrets, counters and helper functions. Never tracked by Hasura.';

-- The white space that JavaScript's trim() removes, so that both sides of the wire store the same text.
create function private.js_trim(value text) returns text
  language sql immutable strict parallel safe
  return btrim(value,
    E'\u0009\u000A\u000B\u000C\u000D\u0020\u00A0\u1680'
    '\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A'
    '\u2028\u2029\u202F\u205F\u3000\uFEFF');
comment on function private.js_trim(text) is 'Trims exactly the characters that String.prototype.trim() trims.';

-- The action server's login. A role belongs to the whole server, so another database may have made it
-- already. It starts without LOGIN: whoever runs the stack gives it a password (docs/database.md).
do $$
begin
  create role tierline_actions nologin;
exception
  when duplicate_object or unique_violation then null;
  -- Asked for before Postgres looks whether the role is there. Owners of managed databases may not create roles.
  when insufficient_privilege then
    if not exists (select from pg_roles where rolname = 'tierline_actions') then
      raise insufficient_privilege using
        message = 'the role tierline_actions is missing, and this user may not create it',
        hint = 'Have a user with CREATEROLE run: create role tierline_actions nologin';
    end if;
end
$$;
