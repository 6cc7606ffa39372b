import { setTimeout as sleep } from 'node:timers/promises';
import { StackStartError } from './errors.ts';

/** A server that has just started may need a moment for its first connections. */
const PATIENCE_MS = 5_000;
const ANSWER_MS = 10_000;

/** Throws what a server says of itself while it cannot do its work; both keep trying for a moment. */
export async function refuseUnhealthy(
  servers: ReadonlyArray<readonly [name: string, origin: string]>,
): Promise<void> {
  const reasons = await Promise.all(
    servers.map(async ([name, origin]) => {
      const reason = await waitForHealth(origin);
      return reason === undefined ? [] : [`The ${name} cannot do its work: ${reason}`];
    }),
  );
  if (reasons.flat().length > 0) throw new StackStartError(reasons.flat());
}

async function waitForHealth(origin: string): Promise<string | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const reason = await findReason(new URL('/healthz', origin));
    if (reason === undefined || Date.now() > deadline) return reason;
    await sleep(100);
  }
}

/** Undefined when it is well. */
async function findReason(url: URL): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' });
    const text = await answer.text();
    return answer.ok ? undefined : readReason(text) || `${url} answers ${answer.status}.`;
  } catch (error) {
    const isSlow = error instanceof Error && error.name === 'TimeoutError';
    return isSlow ? `${url} did not answer within ${ANSWER_MS / 1000} s.` : `${url} does not answer.`;
  }
}

/** The action server answers JSON with a reason, the engine and Hasura a line of text. */
function readReason(text: string): string {
  try {
    const { reason } = JSON.parse(text) as { reason?: unknown };
    return typeof reason === 'string' ? reason : '';
  } catch {
    return text.trim().slice(0, 300);
  }
}
