import { describe, expect, it } from 'vitest';
import { checkLimits, limitsOf } from './limits.ts';
import { parseOperation } from './parse-document.ts';

const limits = { depth_limit: { global: 3, per_role: { vip: 5 } }, node_limit: { global: 4 } };

function check(query: string, role = 'reader'): void {
  checkLimits(parseOperation(query, null), limitsOf(limits, role));
}

describe('api limits', () => {
  it('count levels, also through fragments', () => {
    expect(() => check('{ a { b { c } } }')).not.toThrow();
    expect(() => check('{ a { b { c { d } } } }')).toThrow('nests deeper than 3');
    expect(() => check('{ a { ...F } } fragment F on A { b { c { d } } }')).toThrow('nests deeper than 3');
  });

  it('count every field, as often as a fragment is spread', () => {
    expect(() => check('{ a b c d }')).not.toThrow();
    expect(() => check('{ a b c d e }')).toThrow('more than 4 fields');
    expect(() => check('{ x: a { ...F } y: a { ...F } } fragment F on A { b c }')).toThrow(
      'more than 4 fields',
    );
  });

  it('let a role have its own, leave introspection out and never bind admins', () => {
    expect(() => check('{ a { b { c { d } } } }', 'vip')).not.toThrow();
    expect(() => check('{ __schema { types { fields { type { name } } } } }')).not.toThrow();
    expect(() => check('{ a { b { c { d { e { f } } } } } }', 'admin')).not.toThrow();
    expect(limitsOf({ ...limits, disabled: true }, 'reader').depth).toBeNull();
  });

  it('end on fragments that lead back to themselves', () => {
    expect(() => check('{ a { ...F } } fragment F on A { b ...F }')).not.toThrow();
  });
});
