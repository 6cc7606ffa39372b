import { join } from 'node:path';
import { styleText } from 'node:util';
import type { Settings } from './settings/types.ts';
import type { Stack } from './start-stack.ts';

/** The password of every demo user; they exist only in an embedded database that was empty. */
const DEMO_PASSWORD = 'tierline-demo';

/** The one table that tells a newcomer where everything is. */
export function describeStack(stack: Stack, settings: Settings, isTerminal: boolean): string {
  const { urls } = stack;
  const rows: Array<[string, string, string]> = [];
  const login = (email: string) => (stack.hasDemoData ? `${email} / ${DEMO_PASSWORD}` : '');
  if (urls.portal)
    rows.push(['Vendor portal', `${urls.portal}/portal/dashboard`, login('vendor1@example.com')]);
  if (urls.admin) rows.push(['Review console', `${urls.admin}/admin`, login('admin1@example.com')]);
  rows.push(['GraphQL', `${urls.hasura}/v1/graphql`, '']);
  if (!settings.hasuraEndpoint) {
    rows.push(['GraphQL console', `${urls.hasura}/console`, describeSecret(stack, isTerminal)]);
  }
  rows.push(['Actions, REST', urls.actions, `health: ${urls.actions}/healthz`]);
  if (urls.mail) rows.push(['Mail catcher', urls.mail, `SMTP: ${settings.mail.smtpUrl}`]);
  if (!settings.databaseUrl)
    rows.push(['PostgreSQL', withoutPassword(stack.databaseUrl), `password: ${passwordPlace(settings)}`]);
  return formatTable(rows, isTerminal);
}

/** On a terminal the person is looking; anywhere else a log would keep the secret. */
function describeSecret(stack: Stack, isTerminal: boolean): string {
  if (isTerminal) return `admin secret: ${stack.adminSecret}`;
  return `admin secret: ${stack.adminSecretFile ? `in ${stack.adminSecretFile}` : 'as set in HASURA_GRAPHQL_ADMIN_SECRET'}`;
}

function passwordPlace(settings: Settings): string {
  return settings.given.pgPassword ? 'as set in PG_PASSWORD' : `in ${join(settings.dataDir, 'pg-password')}`;
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}

function formatTable(rows: ReadonlyArray<readonly [string, string, string]>, isTerminal: boolean): string {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  const lines = rows.map(([name, address, note]) => {
    const paddedName = name.padEnd(widths[0] as number);
    const paddedAddress = address.padEnd(widths[1] as number);
    return `  ${isTerminal ? styleText('bold', paddedName) : paddedName}  ${paddedAddress}  ${note}`.trimEnd();
  });
  return `\n${lines.join('\n')}\n`;
}
