import { setTimeout as sleep } from 'node:timers/promises';
import { isPortFree } from '@tierline/postgres';
import { StackStartError } from './errors.ts';
import type { Settings } from './settings/types.ts';

/** Children of a stack that was killed need a moment to notice; after it a port is really taken. */
const GRACE_MS = 3_000;

/** Refuses to start while another program listens on one of our ports, naming the variable to change. */
export async function refuseTakenPorts(ports: Readonly<Record<string, number>>, host: string): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  let taken = await findTaken(ports, host);
  while (taken.length > 0 && Date.now() < deadline) {
    await sleep(100);
    taken = await findTaken(ports, host);
  }
  if (taken.length === 0) return;
  throw new StackStartError(
    taken.map(
      ([name, port]) =>
        `Port ${port} on ${host} is taken by another program; free it or set ${name} to another port.`,
    ),
  );
}

async function findTaken(
  ports: Readonly<Record<string, number>>,
  host: string,
): Promise<Array<[string, number]>> {
  const checked = await Promise.all(
    Object.entries(ports).map(async ([name, port]): Promise<[string, number, boolean]> => {
      try {
        return [name, port, await isPortFree(port, host)];
      } catch (cause) {
        throw new StackStartError(`HOST ${host} is not an address of this machine to listen on.`, { cause });
      }
    }),
  );
  return checked.filter(([, , isFree]) => !isFree).map(([name, port]) => [name, port]);
}

/** Where we reach a server of ours that listens on `host`. */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

/** A loopback origin has two spellings and browsers tell them apart; everything else has one. */
export function spellings(origin: string): string[] {
  const url = new URL(origin);
  if (url.hostname !== 'localhost' && url.hostname !== '127.0.0.1') return [origin];
  return ['localhost', '127.0.0.1'].map((hostname) => Object.assign(new URL(origin), { hostname }).origin);
}

/** The origins that browsers call from. */
export function uiOrigins(settings: Settings): string[] {
  return [settings.portalUrl, settings.adminUrl].flatMap(spellings);
}

/** Whose word the engine takes for a client's address: browsers come to it through our own user interface servers, too. */
export function trustedProxies({ trustProxy }: Pick<Settings, 'trustProxy'>): string {
  return ['127.0.0.1', '::1', ...trustProxy].join(',');
}
