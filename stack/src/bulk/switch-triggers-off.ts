import type pg from 'pg';

/**
 * Switches the triggers of these tables off until the returned function is called, and for a superuser the checks of
 * foreign keys too: what is loaded refers to itself, by construction. Nobody is to get mail about the past either.
 */
export async function switchTriggersOff(
  client: pg.Client,
  tables: readonly string[],
): Promise<() => Promise<void>> {
  const { rows } = await client.query<{ isSuperuser: boolean }>(
    'select rolsuper as "isSuperuser" from pg_roles where rolname = current_user',
  );
  if (rows[0]?.isSuperuser) {
    await client.query(`select set_config('session_replication_role', 'replica', true)`);
    return async () => undefined; // the setting ends with the transaction
  }
  const triggers = await client.query<{ table: string; name: string }>(
    `select tgrelid::regclass::text as table, quote_ident(tgname) as name from pg_trigger
     where tgrelid = any($1::text[]::regclass[]) and not tgisinternal and tgenabled = 'O'`,
    [tables],
  );
  const all = async (verb: 'disable' | 'enable') => {
    for (const { table, name } of triggers.rows)
      await client.query(`alter table ${table} ${verb} trigger ${name}`);
  };
  await all('disable');
  return () => all('enable');
}
