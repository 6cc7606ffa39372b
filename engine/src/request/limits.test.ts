import { describe, expect, it } from 'vitest';
import { checkLimits, limitsOf } from './limits.ts';
import { parseOperation } from './parse-document.ts';

const limits = { depth_limit: { global: 3, per_role: { vip: 5 } }, node_limit: { global: 4 } };

function check(query: string, role = 'reader'): void {
  checkLimits(parseOperation(query, null), limitsOf(limits, role));
}

describe('api limits', () => {
  it('count how far fields with selections nest, also through fragments', () => {
    expect(() => check('{ a { b { c { leaf } } } }')).not.toThrow();
    expect(() => check('{ a { b { c { d { leaf } } } } }')).toThrow('nests deeper than 3');
    expect(() => check('{ a { ...F } } fragment F on A { b { c { d { leaf } } } }')).toThrow(
      'nests deeper than 3',
    );
  });

  it('count every field with a selection, as often as a fragment is spread', () => {
    expect(() => check('{ a { x y z } b { x y z } c { x } d { x } }')).not.toThrow();
    expect(() => check('{ a { x } b { x } c { x } d { x } e { x } }')).toThrow('more than 4 nodes');
    expect(() => check('{ x: a { ...F } y: a { ...F } z: a { x } } fragment F on A { b { x } }')).toThrow(
      'more than 4 nodes',
    );
  });

  it('count a plain field that is asked again under other names', () => {
    expect(() => check('{ a { x ...F } } fragment F on A { x y }')).not.toThrow();
    expect(() => check('{ a { x x1: x x2: x x3: x } }')).not.toThrow();
    expect(() => check('{ a { x x1: x x2: x x3: x x4: x } }')).toThrow('more than 4 nodes');
    expect(() => check('{ a { x1: x ...F } } fragment F on A { x2: x x3: x x4: x x5: x }')).toThrow(
      'more than 4 nodes',
    );
  });

  it('let a role have its own, leave introspection out and never bind admins', () => {
    expect(() => check('{ a { b { c { d { leaf } } } } }', 'vip')).not.toThrow();
    expect(() => check('{ __schema { types { fields { type { name } } } } }')).not.toThrow();
    expect(() => check('{ a { b { c { d { e { f { g } } } } } } }', 'admin')).not.toThrow();
    expect(limitsOf({ ...limits, disabled: true }, 'reader').depth).toBeNull();
  });
});
