import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attack, addressOf, repeat, type Target, type Tell } from './attack.ts';

/** What sockets can cost: frames, upgrades, subscriptions. */
export const socketAttacks: readonly Attack[] = [
  {
    name: 'a ping that nests eight thousand levels before anything else',
    outcome: /^closed /,
    run: (target, signal, tell) => {
      const frame = `{"type":"ping","payload":${'['.repeat(8_000)}${']'.repeat(8_000)}}`;
      return repeat(4, signal, tell, () => sayAndLeave(target, frame, signal));
    },
  },
  {
    name: 'upgrades to a path that is nobody’s, reset at once',
    outcome: /^reset$/,
    run: (target, signal, tell) =>
      repeat(4, signal, tell, async (turn) => {
        for (const origin of [target.portal, target.engine, target.actions]) {
          await upgradeAndReset(origin, turn % 2 ? '/nowhere' : '/v1/graphql');
        }
        return 'reset';
      }),
  },
  {
    name: 'a thousand different subscriptions on one socket',
    outcome: /(subscription|statement)-limit-exceeded/,
    run: (target, signal, tell) => subscribeWithoutEnd(target, signal, tell),
  },
];

function openSocket(target: Target): WebSocket {
  return new WebSocket(`${target.portal.replace('http', 'ws')}/v1/graphql`, {
    protocols: ['graphql-transport-ws'],
    headers: { 'X-Forwarded-For': addressOf(4) },
  });
}

async function sayAndLeave(target: Target, frame: string, signal: AbortSignal): Promise<string> {
  const socket = openSocket(target);
  const { promise, resolve } = Promise.withResolvers<string>();
  socket.onopen = () => socket.send(frame);
  socket.onmessage = () => socket.close(4000);
  socket.onclose = ({ code }) => resolve(`closed ${code}`);
  socket.onerror = () => resolve('cut: socket');
  signal.addEventListener('abort', () => resolve('stopped'), { once: true });
  const outcome = await promise;
  socket.close();
  return outcome;
}

async function upgradeAndReset(origin: string, path: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  await Promise.race([once(socket, 'data'), once(socket, 'close'), sleep(500)]);
  const closed = socket.destroyed ? undefined : once(socket, 'close');
  socket.resetAndDestroy();
  await closed;
}

/** Stays open until the signal, with as much on it as the engine takes. */
async function subscribeWithoutEnd(target: Target, signal: AbortSignal, tell: Tell): Promise<void> {
  while (!signal.aborted) {
    const socket = openSocket(target);
    const { promise: over, resolve } = Promise.withResolvers<void>();
    socket.onopen = () => socket.send('{"type":"connection_init"}');
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data));
      if (message.type === 'connection_ack') {
        for (let n = 0; n < 1_000; n += 1) {
          const query = `subscription{tiers(where:{level:{_gt:${-n}}}){level n${n}:name}}`;
          socket.send(JSON.stringify({ id: String(n), type: 'subscribe', payload: { query } }));
        }
      } else if (message.type === 'error') tell(message.payload[0].extensions.code);
      else tell(message.type);
    };
    socket.onclose = ({ code, reason }) => {
      tell(`closed ${code} ${reason}`);
      resolve();
    };
    socket.onerror = () => resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    await over;
    socket.close();
    if (!signal.aborted) await sleep(50);
  }
}
