import { readdir, readFile } from 'node:fs/promises';
import { theStack } from './provided.ts';

/**
 * Stops the stack's action server in the middle of whatever it does, as a machine under too much load would; answers how
 * to let it go on.
 */
export async function freezeActions(): Promise<() => void> {
  const pid = await actionServerPid(new URL(theStack().actions).port);
  process.kill(pid, 'SIGSTOP');
  return () => process.kill(pid, 'SIGCONT');
}

async function actionServerPid(port: string): Promise<number> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [command, environment] = await Promise.all(
      ['cmdline', 'environ'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')),
    );
    if (!command?.includes('/actions/src/main.ts')) continue;
    if (environment?.split('\0').includes(`ACTIONS_PORT=${port}`)) return Number(name);
  }
  throw new Error(`no action server listens at port ${port}`);
}
