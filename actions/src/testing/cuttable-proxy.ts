/** A TCP proxy that can be cut: how a database goes down and comes back without stopping the one that others use. */

import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy before a server. */
export interface CuttableProxy {
  readonly port: number;
  /** Drops every connection and refuses new ones until mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Starts a proxy on a free port. */
export async function startCuttableProxy(targetHost: string, targetPort: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((socket) => {
    if (isCut) {
      socket.destroy();
      return;
    }
    const target = connect(targetPort, targetHost);
    for (const [from, to] of [
      [socket, target],
      [target, socket],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
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
      isCut = true;
      drop();
    },
    mend: () => {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}
