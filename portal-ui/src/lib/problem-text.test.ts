import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { describe, expect, it } from 'vitest';
import { en } from '../messages/en.ts';
import { errorCodes, readProblem } from './api-error.ts';
import { toProblem } from './graphql/problem.ts';
import { problemText } from './problem-text.ts';
import { reviewSpan, waitingSpan } from './time.ts';

describe('problemText', () => {
  it('has a sentence of its own for every code, and never the code itself', () => {
    const sentences = errorCodes.map((code) => problemText({ code, fields: [] }, en));
    expect(new Set(sentences).size).toBe(errorCodes.length);
    for (const sentence of sentences) {
      expect(sentence).not.toMatch(/[A-Z]+_[A-Z]+/);
      expect(sentence.length).toBeGreaterThan(30);
    }
  });
});

describe('reading a problem', () => {
  it.each([
    ['invalid-jwt', 'UNAUTHORIZED'],
    ['access-denied', 'FORBIDDEN'],
    ['validation-failed', 'INVALID_INPUT'],
    ['something-new', 'UNKNOWN'],
    [42, 'UNKNOWN'],
  ])('takes %s for %s', (code, expected) => {
    expect(readProblem({ code }).code).toBe(expected);
  });

  it('keeps what helps and drops what is malformed', () => {
    expect(
      readProblem({
        code: 'INVALID_INPUT',
        retryAfter: 'soon',
        errors: [{ field: 'a', message: 'b' }, null, 3],
      }),
    ).toEqual({ code: 'INVALID_INPUT', fields: [{ field: 'a', message: 'b' }] });
    expect(readProblem('<html>')).toEqual({ code: 'UNKNOWN', fields: [] });
  });

  it('knows the limit of locations by the message a trigger raises', () => {
    const error = new CombinedGraphQLErrors({
      errors: [{ message: 'LOCATION_LIMIT_REACHED: 1 of 1', extensions: { code: 'constraint-violation' } }],
    });
    expect(toProblem(error).code).toBe('LOCATION_LIMIT_REACHED');
  });

  it('knows by such a message, too, that too much was written in an hour', () => {
    const error = new CombinedGraphQLErrors({
      errors: [
        { message: 'RATE_LIMIT_EXCEEDED: at most 1000 rows', extensions: { code: 'constraint-violation' } },
      ],
    });
    expect(toProblem(error).code).toBe('RATE_LIMIT_EXCEEDED');
  });
});

describe('spans of time', () => {
  it('never promise less than they mean', () => {
    expect(waitingSpan(0.4, en)).toBe('1 second');
    expect(waitingSpan(601, en)).toBe('11 minutes');
    expect(waitingSpan(7201, en)).toBe('3 hours');
    expect(reviewSpan(0.2, en)).toBe('an hour');
    expect(reviewSpan(21, en)).toBe('a day');
    expect(reviewSpan(24.5, en)).toBe('2 days');
  });
});
