import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { errorCode } from './errors.ts';

/** A port on `host` that nothing listens on at this moment. */
export async function findFreePort(host = '127.0.0.1'): Promise<number> {
  const [port] = await findFreePorts(1, host);
  return port as number;
}

/** Below the range that Linux takes for outgoing connections, so none of those can grab one before it is used. */
const QUIET_RANGE = { from: 15_000, to: 30_000 };

/** Several different free ports, for servers that are told theirs before they start. */
export async function findFreePorts(count: number, host = '127.0.0.1'): Promise<number[]> {
  const found = new Set<number>();
  for (let attempt = 0; found.size < count; attempt++) {
    if (attempt > count * 100) throw new Error(`No ${count} free ports on ${host}`);
    const port = randomInt(QUIET_RANGE.from, QUIET_RANGE.to);
    if (!found.has(port) && (await isPortFree(port, host))) found.add(port);
  }
  return [...found];
}

/** Whether a server could listen on this port now; a port below 1024 without the right to it counts as taken. */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await tryPort(port, host)) !== undefined;
}

function tryPort(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = errorCode(error);
      if (code === 'EADDRINUSE' || code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
