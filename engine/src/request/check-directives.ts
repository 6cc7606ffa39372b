import { type ASTNode, type DirectiveNode, GraphQLError, Kind, type ValidationRule } from 'graphql';

/** What may stand where, by the kind of node; `cached` is taken from clients of Hasura Cloud and means nothing here. */
const known: Readonly<Record<string, readonly Kind[]>> = {
  include: [Kind.FIELD, Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT],
  skip: [Kind.FIELD, Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT],
  cached: [Kind.OPERATION_DEFINITION],
  _multiple_top_level_fields: [Kind.OPERATION_DEFINITION],
};

/** Directives that nobody knows, or that stand twice or in the wrong place, are never ignored silently. */
export const directivesRule: ValidationRule = (context) => ({
  enter(node) {
    const directives: readonly DirectiveNode[] = ('directives' in node && node.directives) || [];
    const names = directives.map(({ name }) => name.value);
    for (const [index, name] of names.entries()) {
      const message = problemOf(name, node, names.indexOf(name) !== index);
      if (message !== null) context.reportError(new GraphQLError(message));
    }
  },
});

function problemOf(name: string, node: ASTNode, isRepeated: boolean): string | null {
  const places = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!places) return `directive "${name}" is not defined in the schema`;
  if (!places.includes(node.kind)) return `directive "${name}" is not allowed here`;
  return isRepeated ? `directive "${name}" is used more than once in one place` : null;
}
