import { join } from 'node:path';
import { PROJECT_ROOT } from '../project.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings/types.ts';
import { startService } from './service.ts';
import type { Run } from './supervise.ts';

/** What the action server needs to know. */
export interface ActionsInput {
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** As the role `tierline_actions`, never as an owner of tables. */
  readonly databaseUrl: string;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Starts the action server; it gets neither the admin secret nor the database's superuser. */
export function startActions({ settings, secrets, databaseUrl, log, signal }: ActionsInput): Promise<Run> {
  const limits = Object.entries(settings.rateLimits).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return startService({
    name: 'action server',
    script: join(PROJECT_ROOT, 'actions/src/main.ts'),
    cwd: PROJECT_ROOT,
    log,
    signal,
    env: {
      ...Object.fromEntries(limits),
      HOST: settings.host,
      ACTIONS_PORT: String(settings.actionsPort),
      ACTIONS_DATABASE_URL: databaseUrl,
      ACTION_SECRET: secrets.actionSecret,
      JWT_SIGNING_KEYS: secrets.jwtSigningKeys,
      ...(settings.metricsToken && { METRICS_TOKEN: settings.metricsToken }),
      PORTAL_URL: settings.portalUrl,
      ADMIN_URL: settings.adminUrl,
      ...(settings.mail.smtpUrl && { SMTP_URL: settings.mail.smtpUrl }),
      ...(settings.mail.from && { MAIL_FROM: settings.mail.from }),
      TRUST_PROXY: settings.trustProxy.join(','),
      LOG_LEVEL: settings.logLevel,
      LOG_FORMAT: 'json',
    },
  });
}
