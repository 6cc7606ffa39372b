import { EngineError } from '../errors.ts';
import { encoderOf } from '../predicate/encode.ts';
import { sqlTypeOf } from '../predicate/sql-type.ts';
import type { FunctionCall, FunctionCallArgument, Parameter } from '../predicate/types.ts';
import type { InputValue } from '../request/input-value.ts';
import type { FunctionParameter, FunctionSignature } from '../source/types.ts';
import type { Arguments } from './context.ts';
import { operandParameter } from './plan-predicate.ts';

/** Reads `args` into a call: by position up to the first one left to its default, by name from there. */
export function planCall(signature: FunctionSignature, args: Arguments, path: string): FunctionCall {
  const input = args.get('args');
  const fields = input?.kind === 'object' ? input.fields : new Map<string, { value: InputValue }>();
  const planned: FunctionCallArgument[] = [];
  let hasGap = false;
  for (const parameter of signature.parameters) {
    const value = planArgument(
      parameter,
      parameter.kind === 'input' ? fields.get(parameter.name)?.value : undefined,
    );
    if (value === undefined) {
      if (parameter.kind === 'input' && !parameter.hasDefault) throw cannotOmit(path);
      hasGap = true;
    } else if (!hasGap) planned.push({ name: null, value });
    else if (parameter.sqlName === null) throw cannotOmit(path);
    else planned.push({ name: parameter.sqlName, value });
  }
  return { schema: signature.schema, name: signature.name, args: planned };
}

function cannotOmit(path: string): EngineError {
  return new EngineError('not-supported', 'Non default arguments cannot be omitted', {
    path: `${path}.args.args`,
  });
}

function planArgument(
  parameter: FunctionParameter,
  value: InputValue | undefined,
): Parameter | 'row' | undefined {
  if (parameter.kind === 'row') return 'row';
  const sqlType = sqlTypeOf(parameter.type);
  if (parameter.kind === 'session') return { kind: 'parameter', source: { kind: 'session-json' }, sqlType };
  if (value === undefined) return undefined;
  if (value.kind === 'null') return { kind: 'parameter', source: { kind: 'literal', text: null }, sqlType };
  return operandParameter(value, encoderOf(parameter.type), encoderOf(parameter.type), sqlType);
}
