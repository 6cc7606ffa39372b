/** A TCP proxy that can be cut or go silent: how a way to a server fails without stopping the server that others use. */

import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy before a server. */
export interface CuttableProxy {
  readonly port: number;
  /** Drops every connection and refuses new ones until mended. */
  cut(): void;
  /**
   * Forwards nothing more on the connections there are, for ever, and nothing on new ones until mended. All are kept
   * open and whatever is sent is read, as by a balancer whose other side has gone.
   */
  silence(): void;
  /** New connections are forwarded again. */
  mend(): void;
  close(): Promise<void>;
}

/** Starts a proxy on a free port. */
export async function startCuttableProxy(targetHost: string, targetPort: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  let state: 'open' | 'cut' | 'silent' = 'open';
  const server = createServer((socket) => {
    if (state === 'cut') {
      socket.destroy();
      return;
    }
    const target = connect(targetPort, targetHost);
    for (const [from, to] of [
      [socket, target],
      [target, socket],
    ] as const) {
      sockets.add(from);
      if (state === 'silent') silent.add(from);
      from.on('data', (chunk) => {
        if (silent.has(from)) return;
        if (to.write(chunk)) return;
        from.pause();
        to.once('drain', () => from.resume());
      });
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut';
      drop();
    },
    silence: () => {
      state = 'silent';
      for (const socket of sockets) silent.add(socket);
    },
    mend: () => {
      state = 'open';
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}
