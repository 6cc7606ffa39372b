import type { ValueNode } from 'graphql';
import { exactNumber } from './exact-number.ts';

/** A literal of the document as a JSON value, with every digit of its numbers and variables filled in. */
export function literalValue(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  switch (node.kind) {
    case 'IntValue':
    case 'FloatValue':
      return exactNumber(node.value);
    case 'StringValue':
    case 'EnumValue':
    case 'BooleanValue':
      return node.value;
    case 'NullValue':
      return null;
    case 'Variable':
      return variables[node.name.value];
    case 'ListValue':
      return node.values.map((item) => literalValue(item, variables) ?? null);
    case 'ObjectValue':
      return Object.fromEntries(
        node.fields.map((field) => [field.name.value, literalValue(field.value, variables)]),
      );
  }
}
