import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '@tierline/postgres';

/** The environment of a stack that disturbs no other: free ports and a data directory of its own. */
export interface TemporaryEnvironment {
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

/** Makes such an environment; nothing is started yet. */
export async function temporaryEnvironment(): Promise<TemporaryEnvironment> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tierline-stack-'));
  const [portal, admin, actions, hasura, postgres, mail, mailUi] = await findFreePorts(7);
  return {
    env: {
      PORTAL_PORT: String(portal),
      ADMIN_PORT: String(admin),
      ACTIONS_PORT: String(actions),
      HASURA_PORT: String(hasura),
      PG_PORT: String(postgres),
      MAIL_PORT: String(mail),
      MAIL_UI_PORT: String(mailUi),
      DATA_DIR: dataDir,
      LOG_FORMAT: 'json',
    },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

/** Keeps log lines in a file of e2e/artifacts, for whoever has to find out why a journey failed. */
export function logToArtifact(name: string): (line: string) => void {
  const file = createWriteStream(join(import.meta.dirname, 'artifacts', name));
  return (line) => void file.write(`${line}\n`);
}
