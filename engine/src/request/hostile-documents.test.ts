import { describe, expect, it } from 'vitest';
import { parseOperation } from './parse-document.ts';

/** Milliseconds that no check of a document may take, however it is made; busy machines included. */
const soon = 2_000;

function timed<Result>(run: () => Result): Result {
  const started = performance.now();
  try {
    return run();
  } finally {
    expect(performance.now() - started).toBeLessThan(soon);
  }
}

describe('documents made to be slow', () => {
  it('may have any number of comments before the operation that is named', () => {
    const query = `${'#'.repeat(50_000)}\nquery A { tiers { level } }`;
    expect(timed(() => parseOperation(query, 'A')).definition.name?.value).toBe('A');
    const lines = `${'#\n, '.repeat(20_000)}{ tiers { level } }`;
    expect(() => timed(() => parseOperation(lines, 'A'))).toThrow('operationName cannot be used');
  });
});
