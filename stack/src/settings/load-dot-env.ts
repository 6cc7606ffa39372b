import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../project.ts';

/** Reads `.env` beside package.json, if there is one; what the shell sets already wins. */
export function loadDotEnv(): void {
  const path = join(PROJECT_ROOT, '.env');
  if (existsSync(path)) process.loadEnvFile(path);
}
