import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyAnswer, type HostileServer, KINDS, startHostileServer } from '../testing/hostile-server.ts';
import { sendWebhook, WebhookFailure } from './send.ts';

const isLong = Boolean(process.env.TIERLINE_LONG);
const runs = (short: number) => ({
  seed: Number(process.env.TIERLINE_SEED),
  numRuns: isLong ? short * 50 : short,
});
const kinds = Object.entries(KINDS);

// What nobody catches ends this process too: the run fails then, whatever is expected below.
let server: HostileServer;
beforeAll(async () => {
  server = await startHostileServer();
});
afterAll(() => server.close());

describe('a webhook', () => {
  const call = () =>
    sendWebhook({ method: 'POST', url: server.url, headers: {}, body: '{}', timeoutMs: 1_500 }).then(
      ({ status }) => status,
      (thrown: unknown) => thrown,
    );

  it.each(kinds)('that answers %s is read or failed within its time', async (_, answer) => {
    server.answer = answer;
    const outcome = await call();
    if (typeof outcome === 'number') return;
    expect(outcome).toBeInstanceOf(WebhookFailure);
    expect((outcome as WebhookFailure).message).toMatch(
      /^(ResponseTimeout|OverlongResponse|ConnectionFailure \S+.{0,200})$/,
    );
  });

  it('that answers anything is read or failed', async () => {
    await fc.assert(
      fc.asyncProperty(anyAnswer, async (answer) => {
        server.answer = answer;
        const outcome = await call();
        if (typeof outcome !== 'number') expect(outcome).toBeInstanceOf(WebhookFailure);
      }),
      runs(60),
    );
  });
});
