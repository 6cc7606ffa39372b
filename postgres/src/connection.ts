import pg from 'pg';

/** How to reach one database of an embedded server. */
export function databaseUrl(port: number, password: string, database: string): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

/** The same server and account, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/**
 * Opens one connection for `use` and closes it whatever happens. With `patienceMs` a server that says nothing for so long,
 * while connecting or to a statement, is given up.
 */
export async function withClient<T>(
  url: string,
  use: (client: pg.Client) => Promise<T>,
  { patienceMs }: { readonly patienceMs?: number } = {},
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  });
  client.on('error', () => undefined); // a server that stops meanwhile fails the query below, not the process
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/**
 * Takes the variables of libpq (PGSSLMODE, PGOPTIONS and their kin) out of an environment. The driver reads them for every
 * connection, so what a shell sets for somebody's own database would change how the embedded one is spoken to.
 */
export function forgetPostgresVariables(environment: Record<string, string | undefined> = process.env): void {
  for (const name of Object.keys(environment)) {
    // Without an underscore: PG_PORT and PG_PASSWORD are settings of ours.
    if (/^PG[A-Z0-9]+$/i.test(name)) delete environment[name];
  }
}
