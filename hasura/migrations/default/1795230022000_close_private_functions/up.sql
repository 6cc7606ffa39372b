-- Postgres lets everybody call a new function, and put a trigger that runs it on a table of their own. The trigger
-- functions here write history with their owner's rights, so that would be a way to forge it. Triggers that exist ask
-- for no right when they fire; trimming is asked for by check constraints, in the name of whoever writes the row.
revoke execute on all functions in schema private from public;
grant execute on function private.js_trim(text) to public;

-- Nobody but the owner of the database makes tables, passing ones included.
do $$
begin
  execute format('revoke temporary on database %I from public', current_database());
end
$$;
