import { join } from 'node:path';
import { PROJECT_ROOT } from '../project.ts';
import type { MailSettings } from '../settings/types.ts';
import { startService } from './service.ts';
import type { Run } from './supervise.ts';

/** Starts the mail catcher of development; the mails it has caught are gone when it ends. */
export function startMailCatcherProcess(
  { smtpPort, pagePort }: NonNullable<MailSettings['catcher']>,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<Run> {
  return startService({
    name: 'mail catcher',
    script: join(PROJECT_ROOT, 'stack/src/mail-catcher/main.ts'),
    cwd: PROJECT_ROOT,
    log,
    signal,
    env: { MAIL_PORT: String(smtpPort), MAIL_UI_PORT: String(pagePort) },
  });
}
