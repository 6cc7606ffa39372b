import { describe, expect, it } from 'vitest';
import { SettingsError, SettingsReader } from '../settings-reader.ts';
import { boundsOf, defaultBounds, readBounds } from './bounds.ts';

function read(value: unknown, unauthorizedRole: string | null = 'anonymous') {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const reader = new SettingsReader({ HASURA_ENGINE_BOUNDS: text });
  const bounds = readBounds(reader, unauthorizedRole);
  reader.finish();
  return bounds;
}

function problemsOf(value: unknown): readonly string[] {
  try {
    read(value);
  } catch (thrown) {
    if (thrown instanceof SettingsError) return thrown.problems;
    throw thrown;
  }
  return [];
}

describe('bounds of roles', () => {
  it('are small for the role of strangers, roomy for others, and none for administrators but the depth of JSON', () => {
    const bounds = defaultBounds('anonymous');
    const [stranger, vendor, admin] = ['anonymous', 'vendor', 'admin'].map((role) => boundsOf(bounds, role));
    for (const [name, bound] of Object.entries(stranger ?? {})) {
      const most = vendor?.[name as keyof typeof vendor];
      if (typeof bound === 'number') expect(bound, name).toBeLessThan(Number(most));
    }
    const finite = Object.entries(admin ?? {}).filter(([, bound]) => Number.isFinite(bound));
    expect(finite.map(([name]) => name)).toEqual(['jsonDepth']);
  });

  it('are one frozen object for a role, however often they are asked for', () => {
    const bounds = read({ roles: { vendor: { conditions: 5 } } });
    expect(boundsOf(bounds, 'vendor')).toBe(boundsOf(bounds, 'vendor'));
    expect(Object.isFrozen(boundsOf(bounds, 'vendor'))).toBe(true);
    expect(boundsOf(bounds, 'nobody knows this one')).toBe(bounds.fallback);
  });

  it('are taken from the setting: for one role, and for those that are not named', () => {
    const bounds = read({
      default: { listLength: 50, answerRows: null },
      roles: { vendor: { listLength: 70, patternOperators: false }, admin: { conditions: 9 } },
    });
    expect(boundsOf(bounds, 'reviewer')).toMatchObject({ listLength: 50, answerRows: Infinity });
    expect(boundsOf(bounds, 'vendor')).toMatchObject({
      listLength: 70,
      answerRows: Infinity,
      patternOperators: false,
    });
    expect(boundsOf(bounds, 'admin')).toMatchObject({ listLength: Infinity, conditions: 9 });
  });

  it('give the role of strangers no more than others have, unless it is named', () => {
    const standard = boundsOf(defaultBounds('anonymous'), 'anonymous');
    expect(boundsOf(read({ default: { listLength: 7, answerRows: null } }), 'anonymous')).toEqual({
      ...standard,
      listLength: 7,
    });
    const named = read({ roles: { anonymous: { listLength: 9000 } } });
    expect(boundsOf(named, 'anonymous')).toEqual({ ...standard, listLength: 9000 });
  });

  it('are the default ones where the setting is empty', () => {
    expect(read('')).toEqual(defaultBounds('anonymous'));
  });

  it.each([
    ['{', 'HASURA_ENGINE_BOUNDS must be JSON.'],
    [[], 'HASURA_ENGINE_BOUNDS must be an object.'],
    [{ role: {} }, 'HASURA_ENGINE_BOUNDS holds role; expected default and roles.'],
    [{ roles: 1 }, 'HASURA_ENGINE_BOUNDS: roles must be an object.'],
    [{ roles: { vendor: null } }, 'HASURA_ENGINE_BOUNDS: roles.vendor must be an object.'],
    [
      { default: { conditions: 0 } },
      'HASURA_ENGINE_BOUNDS: default.conditions must be a whole number from 1, or null for no bound.',
    ],
    [
      { default: { jsonDepth: null } },
      'HASURA_ENGINE_BOUNDS: default.jsonDepth must be a whole number from 1 to 1000.',
    ],
    [
      { default: { patternOperators: 'no' } },
      'HASURA_ENGINE_BOUNDS: default.patternOperators must be true or false.',
    ],
  ])('refuse %j with its place', (value, problem) => {
    expect(problemsOf(value)).toEqual([problem]);
  });

  it('name each of several mistakes', () => {
    const problems = problemsOf({ default: { rows: 1 }, roles: { vendor: { bodyBytes: 1.5 } } });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^HASURA_ENGINE_BOUNDS holds default\.rows; known are bodyBytes, /);
    expect(problems[1]).toMatch(/roles\.vendor\.bodyBytes/);
  });
});
