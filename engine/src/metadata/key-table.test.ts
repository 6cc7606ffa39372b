import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { metadataKeys, printKeyTable } from './key-table.ts';
import { findUnsupported, findWithoutEffect, UNSUPPORTED, WITHOUT_EFFECT } from './supported.ts';

const root = new URL('../../../', import.meta.url);
const page = new URL('docs/hasura-compat.md', root);
const begin =
  '<!-- metadata keys: begin, written by `UPDATE_DOCS=1 npx vitest run engine/src/metadata/key-table.test.ts` -->';
const end = '<!-- metadata keys: end -->';

it('the compatibility page names every key that the engine knows', () => {
  const text = readFileSync(page, 'utf8');
  const [before, rest = ''] = text.split(begin);
  const [table, after = ''] = rest.split(end);
  if (process.env.UPDATE_DOCS) {
    writeFileSync(page, `${before}${begin}\n${printKeyTable()}\n${end}${after}`);
    return;
  }
  expect(table?.trim()).toBe(printKeyTable());
});

it('every key has a test that is there', () => {
  const missing = metadataKeys().filter(({ test }) => test === '' || !existsSync(new URL(test, root)));
  expect(missing).toEqual([]);
});

/** A value with something at a pattern of keys. */
function valueAt([key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const inner = valueAt(rest, value);
  if (key === '*') return [inner];
  return /^\d+$/.test(key) ? Array.from({ length: Number(key) + 1 }, () => inner) : { [key]: inner };
}

it.each(UNSUPPORTED.map(({ at }) => at))('%s is refused by name where it asks for something', (at) => {
  const [first] = findUnsupported(valueAt(at.split('.'), { something: true }));
  expect(first?.message).toMatch(/ not supported by this engine$/);
  expect(findUnsupported(valueAt(at.split('.'), undefined))).toEqual([]);
});

it.each(WITHOUT_EFFECT.map(({ at }) => at))('%s is told of by name where it says something', (at) => {
  const value = valueAt(at.split('.'), { something: true });
  expect(findUnsupported(value)).toEqual([]);
  expect(findWithoutEffect(value)[0]?.message).toMatch(/^is accepted without effect: ./);
  expect(findWithoutEffect(valueAt(at.split('.'), { something: false }))).toEqual([]);
});
