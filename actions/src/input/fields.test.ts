import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ActionError } from '../errors.ts';
import { idField, optional, optionalText, textField, tierField, trimmedTextField } from './fields.ts';
import { parseInput } from './parse-input.ts';

const schema = z.strictObject({
  tier: tierField(),
  id: optional(idField()),
  notes: optionalText(trimmedTextField({ max: 5, missing: 'Notes, please.', tooLong: 'Too long.' })),
});

function refusal(input: unknown, of: z.ZodObject = schema): ActionError {
  try {
    parseInput(of, input);
  } catch (error) {
    if (error instanceof ActionError) return error;
    throw error;
  }
  throw new Error('The input was accepted.');
}

describe('parseInput', () => {
  test('returns the parsed value', () => {
    expect(
      parseInput(schema, { tier: 2, id: 'AAAAAAAA-0000-0000-0000-00000000000F', notes: ' hi ' }),
    ).toEqual({
      tier: 2,
      id: 'aaaaaaaa-0000-0000-0000-00000000000f',
      notes: 'hi',
    });
    expect(parseInput(schema, { tier: 4, id: null, notes: ' \u00a0\n' })).toEqual({
      tier: 4,
      id: null,
      notes: null,
    });
  });

  test.each([[undefined], [null], ['2'], [1.5], [0], [5], [true], [[2]], [9e99]])(
    'a tier of %j has its own code',
    (tier) => {
      expect(refusal({ tier })).toMatchObject({ code: 'INVALID_TIER', errors: [{ field: 'tier' }] });
    },
  );

  test('several wrong fields are INVALID_INPUT and are all listed', () => {
    const error = refusal({ tier: 9, id: 'x', notes: 'too long', extra: 1, __proto__x: 2 });
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.errors?.map(({ field }) => field).sort()).toEqual([
      '__proto__x',
      'extra',
      'id',
      'notes',
      'tier',
    ]);
  });

  test('an unknown field is INVALID_INPUT, also when it is called __proto__', () => {
    expect(refusal({ tier: 2, extra: true })).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field: 'extra' }],
    });
    expect(refusal(JSON.parse('{"tier":2,"__proto__":{"id":"x"}}'))).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field: '__proto__' }],
    });
  });

  test.each([[[]], ['text'], [7], [true]])('%j is not an object', (input) => {
    expect(refusal(input)).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field: 'body' }] });
  });

  test('an absent body misses the required fields', () => {
    expect(refusal(undefined)).toMatchObject({ code: 'INVALID_TIER' });
  });
});

describe('texts', () => {
  const text = z.strictObject({ text: textField('Text, please.') });

  test.each([['a\0b'], ['\ud800'], ['x\udc00y']])('%j cannot be stored', (value) => {
    expect(refusal({ text: value }, text)).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field: 'text' }],
    });
  });

  test.each([["'; drop table vendors; --"], ['<script>'], ['👩‍🚀'], ['a\u202eb'], ['\u0001']])(
    '%j is kept as written',
    (value) => {
      expect(parseInput(text, { text: value })).toEqual({ text: value });
    },
  );

  test('are counted in code points after trimming', () => {
    expect(parseInput(schema, { tier: 1, notes: `${'\u3000'.repeat(9)}${'🚀'.repeat(5)}\ufeff` }).notes).toBe(
      '🚀'.repeat(5),
    );
    expect(refusal({ tier: 1, notes: '🚀'.repeat(6) }).errors).toEqual([
      { field: 'notes', message: 'Too long.' },
    ]);
  });
});
