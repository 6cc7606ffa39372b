import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A browser on disk, and what it wants in its environment. */
export interface InstalledChromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The machine's own browser when CHROME_PATH names one, otherwise the one from npm, unpacked into a private folder. */
export async function installChromium(): Promise<{ chromium: InstalledChromium; remove(): Promise<void> }> {
  const own = process.env.CHROME_PATH;
  if (own) return { chromium: { path: own, env: {} }, remove: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'tierline-chromium-'));
  // In a process of its own: the package changes variables of whoever imports it, such as where libraries are looked for.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(import.meta.dirname, 'unpack-chromium.ts')],
    {
      env: { ...process.env, TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
    },
  );
  return {
    chromium: JSON.parse(stdout) as InstalledChromium,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
