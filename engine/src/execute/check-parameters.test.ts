import { describe, expect, it } from 'vitest';
import { checkParameterCount, mostParameters } from './check-parameters.ts';

describe('the parameters of a statement', () => {
  it('are no more than the role may give, and never more than Postgres takes', () => {
    expect(() => checkParameterCount(10, 10)).not.toThrow();
    expect(() => checkParameterCount(11, 10)).toThrow('take 11 values, and 10 is the bound of the role');
    expect(() => checkParameterCount(mostParameters, Number.POSITIVE_INFINITY)).not.toThrow();
    expect(() => checkParameterCount(mostParameters + 1, Number.POSITIVE_INFINITY)).toThrow(
      '65535 is all that Postgres takes',
    );
  });
});
