import { withClient } from '@tierline/postgres';
import { createUserLink } from './accounts/create-user-link.ts';
import { readOptions, runCommand } from './command.ts';
import { withDatabaseOf } from './data-access.ts';
import { StackStartError } from './errors.ts';
import { loadDotEnv } from './settings/load-dot-env.ts';
import { readSettings } from './settings/read-settings.ts';

const USAGE =
  'Use: npm run user -- --email somebody@example.com --role admin, or --role vendor --vendor the-slug-of-the-vendor';

/** `npm run user`: creates a user and prints a one-time link to set the password. */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { email, role, vendor } = readOptions({ email: text, role: text, vendor: text }, USAGE);
  if (email === undefined || role === undefined) throw new StackStartError(USAGE);
  if (role !== 'admin' && role !== 'vendor')
    throw new StackStartError(`--role must be admin or vendor. ${USAGE}`);
  if ((role === 'vendor') !== (vendor !== undefined))
    throw new StackStartError(`A vendor's user needs --vendor, an administrator has none. ${USAGE}`);
  loadDotEnv();
  const settings = readSettings(process.env);
  const { link, isNew } = await withDatabaseOf(settings, (url) =>
    withClient(url, (client) => createUserLink(client, settings, { email, role, vendor: vendor ?? null })),
  );
  process.stdout.write(
    `${email} ${isNew ? 'is created' : 'was there already'}. This link sets the password, once, within an hour:\n${link}\n`,
  );
}

await runCommand(main);
