import { expect, test } from 'vitest';
import { z } from 'zod';
import { ActionError } from '../errors.ts';
import { parseInput } from './parse-input.ts';

const schema = z.strictObject({ name: z.string(), ids: z.array(z.number()).optional() });

function refusalOf(input: unknown): ActionError {
  try {
    parseInput(schema, input);
  } catch (error) {
    if (error instanceof ActionError) return error;
    throw error;
  }
  throw new Error('It was taken.');
}

test('an answer does not grow with what was sent', () => {
  const names = Array.from({ length: 5_000 }, (_, index) => `unknown${index}`);
  const long = 'x'.repeat(100_000);
  for (const input of [
    { name: 'a', ...Object.fromEntries(names.map((name) => [name, 1])) },
    { name: 'a', [long]: 1 },
    { name: 'a', ids: Array.from({ length: 5_000 }, () => long.slice(0, 10)) },
  ]) {
    expect(JSON.stringify(refusalOf(input).errors).length).toBeLessThan(8_000);
  }
});

test('a short name that is not known is repeated as it is', () => {
  expect(refusalOf({ name: 'a', nmae: 'b' }).errors).toEqual([
    { field: 'nmae', message: 'This field is not known here.' },
  ]);
});
