import { isDeepStrictEqual } from 'node:util';
import type { ReadCase } from './cases.ts';
import type { BenchSample, Contestant } from './contestants.ts';
import type { Call } from './load/types.ts';

/** Asks everybody the same thing once before anything is timed: a fast wrong answer is worth nothing. */
export async function verify(
  readCase: ReadCase,
  contestants: readonly Contestant[],
  sample: BenchSample,
): Promise<void> {
  const answers = await Promise.all(
    contestants.map(async (one) => ({ name: one.name, answer: await ask(one.calls(readCase, sample)[0]!) })),
  );
  const expected = answers.find(({ name }) => name === 'http-pg')?.answer;
  for (const { name, answer } of answers) {
    if (answer.errors) throw new Error(`${readCase.name}: ${name} answers ${JSON.stringify(answer.errors)}`);
    // PostGraphile names everything its own way; that it answers without an error has to do.
    if (name === 'postgraphile') continue;
    if (!isDeepStrictEqual(withInstants(answer), withInstants(expected)))
      throw new Error(
        `${readCase.name}: ${name} answers differently from http-pg:\n${JSON.stringify(answer).slice(0, 600)}\n${JSON.stringify(expected).slice(0, 600)}`,
      );
  }
}

async function ask(call: Call): Promise<{ errors?: unknown; data?: unknown }> {
  const response = await fetch(call.url, { method: 'POST', headers: call.headers, body: call.body });
  return (await response.json()) as { errors?: unknown };
}

/** Postgres writes `+00:00` and JavaScript `Z`, with other digits behind the point: the same moment. */
function withInstants(value: unknown): unknown {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return new Date(value).getTime();
  if (Array.isArray(value)) return value.map(withInstants);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withInstants(item)]));
  return value;
}
