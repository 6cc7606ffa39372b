import type { ComputedField, FunctionSignature, TrackedTable } from '../source/types.ts';
import { sqlTypeOf } from './sql-type.ts';
import type { FunctionCall, FunctionCallArgument, JoinTarget } from './types.ts';

/** The rows of a table that pairs of columns, or a computed field's function, lead to from the row under test. */
export function joinOver(
  table: TrackedTable,
  mapping: JoinTarget['mapping'],
  call?: FunctionCall,
): JoinTarget {
  const { schema, name } = table.catalog;
  return { schema, name, mapping, ...(call ? { call } : {}) };
}

/**
 * Whether a computed field may stand in `where` and `order_by`: like the reference, only with nothing for the
 * client to give, defaults or not.
 */
export function takesNoInput(field: ComputedField): boolean {
  return field.signature.parameters.every((parameter) => parameter.kind !== 'input');
}

/** The call of such a computed field: the row, and the session where it asks for it. */
export function callOnRow({ schema, name, parameters }: FunctionSignature): FunctionCall {
  const args = parameters.flatMap((parameter): FunctionCallArgument[] => {
    if (parameter.kind === 'row') return [{ name: null, value: 'row' }];
    if (parameter.kind === 'input') return [];
    const sqlType = sqlTypeOf(parameter.type);
    return [{ name: null, value: { kind: 'parameter', source: { kind: 'session-json' }, sqlType } }];
  });
  return { schema, name, args };
}
