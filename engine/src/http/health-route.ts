import type { ServerResponse } from 'node:http';
import type { Engine } from '../engine-types.ts';
import { send } from './respond.ts';

/** A database that takes longer than this to say hello does not work. */
const PING_TIMEOUT_MS = 5000;

/** `GET /healthz`: 200 only when the engine can do its work, otherwise 503 with the reason. */
export async function serveHealth(
  engine: Pick<Engine, 'ping' | 'findWriteProblem' | 'inconsistencies'>,
  response: ServerResponse,
  isStrict: boolean,
): Promise<void> {
  const problem = await problemWithin(engine, PING_TIMEOUT_MS);
  if (problem !== null) return void send(response, 503, 'text/plain; charset=utf-8', `ERROR: ${problem}`);
  if (engine.inconsistencies.length === 0) return void send(response, 200, 'text/plain; charset=utf-8', 'OK');
  send(
    response,
    isStrict ? 500 : 200,
    'text/plain; charset=utf-8',
    `${isStrict ? 'ERROR' : 'WARN'}: inconsistent objects in schema`,
  );
}

async function problemWithin(
  engine: Pick<Engine, 'ping' | 'findWriteProblem'>,
  timeoutMs: number,
): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, 'the database does not answer in time');
  });
  const answer = engine.ping().then(
    async () => {
      const problem = await engine.findWriteProblem();
      return problem === null ? null : `the database takes no writes: ${problem}`;
    },
    () => 'the database does not answer',
  );
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
