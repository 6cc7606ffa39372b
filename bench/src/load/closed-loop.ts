import { Agent, request } from 'node:http';
import { percentile } from '../statistics.ts';

/** A call that is made once. */
export interface OnceCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What each of many different calls took. */
export interface LoopResult {
  readonly count: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

/** Makes each call once, so many at a time; `isSuccess` looks at status and body of the answer. */
export async function runOnceEach(
  calls: readonly OnceCall[],
  inFlight: number,
  isSuccess: (status: number, body: string) => boolean,
): Promise<LoopResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  const taken: number[] = [];
  let failures = 0;
  let next = 0;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (let call = calls[next++]; call; call = calls[next++]) {
      const before = performance.now();
      const { status, body } = await send(agent, call);
      taken.push(performance.now() - before);
      if (!isSuccess(status, body)) failures++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  return {
    count: calls.length,
    perSecond: calls.length / seconds,
    p50Ms: percentile(taken, 50),
    p95Ms: percentile(taken, 95),
    p99Ms: percentile(taken, 99),
    failures,
  };
}

function send(agent: Agent, call: OnceCall): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const length = { 'Content-Length': String(Buffer.byteLength(call.body)) };
    const sent = request(
      call.url,
      { method: call.method, agent, headers: { ...call.headers, ...length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(call.body);
  });
}
