import { type DocumentNode, Kind, parse, visit } from 'graphql';
import { EngineError } from '../errors.ts';
import { maxTokens } from './parse-document.ts';

/**
 * The form in which queries are compared, as the reference does it: white space, comments, the order of
 * arguments and of an object's keys, and `__typename` make no difference; the order of fields does.
 * Throws an EngineError for a text that is no GraphQL document.
 */
export function normaliseQuery(text: string): string {
  let document: DocumentNode;
  try {
    document = parse(text, { noLocation: true, maxTokens });
  } catch {
    throw new EngineError('validation-failed', 'not a valid graphql query', { path: '$.query' });
  }
  // Not printed: `print` indents what nests again for each level, which is quadratic.
  return JSON.stringify(
    visit(document, {
      StringValue: (node) => ({ kind: Kind.STRING, value: node.value }),
      ObjectValue: { leave: (node) => ({ ...node, fields: inOrder(node.fields) }) },
      Directive: { leave: (node) => ({ ...node, arguments: inOrder(node.arguments ?? []) }) },
      Field: {
        enter: (node) => (node.name.value === '__typename' ? null : undefined),
        leave: (node) => ({ ...node, arguments: inOrder(node.arguments ?? []) }),
      },
    }) as DocumentNode,
  );
}

function inOrder<Named extends { readonly name: { readonly value: string } }>(
  items: readonly Named[],
): Named[] {
  return [...items].sort((left, right) => (left.name.value < right.name.value ? -1 : 1));
}
