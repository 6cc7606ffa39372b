import { execFileSync } from 'node:child_process';
import { PostgresStartError } from './errors.ts';

/** The account that PostgreSQL runs as when we are root; PostgreSQL itself refuses to run as root. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const ACCOUNT = 'postgres';

/** The account to run PostgreSQL as: `postgres` (made when missing) for root, nothing to change for others. */
export function findSystemUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const existing = lookUp();
  if (existing) return existing;
  try {
    execFileSync('groupadd', ['--system', '--force', ACCOUNT], { stdio: 'ignore' });
    execFileSync('useradd', ['--system', '--gid', ACCOUNT, '--no-create-home', ACCOUNT], { stdio: 'ignore' });
  } catch (cause) {
    throw new PostgresStartError(
      `PostgreSQL does not run as root and the account "${ACCOUNT}" could not be made; start as another user or set DATABASE_URL.`,
      { cause },
    );
  }
  const made = lookUp();
  if (made) return made;
  throw new PostgresStartError(
    `The account "${ACCOUNT}" was made but cannot be found; start as another user.`,
  );
}

function lookUp(): SystemUser | undefined {
  try {
    return { uid: readId('-u'), gid: readId('-g') };
  } catch {
    return undefined; // `id` fails for an account that does not exist
  }
}

function readId(flag: '-u' | '-g'): number {
  const text = execFileSync('id', [flag, ACCOUNT], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return Number.parseInt(text, 10);
}
