import { type ASTNode, type DirectiveNode, GraphQLError, Kind, type ValidationRule } from 'graphql';

/** What may stand where, by the kind of node; `cached` is taken from clients of Hasura Cloud and means nothing here. */
const known: Readonly<Record<string, readonly Kind[]>> = {
  include: [Kind.FIELD, Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT],
  skip: [Kind.FIELD, Kind.FRAGMENT_SPREAD, Kind.INLINE_FRAGMENT],
  cached: [Kind.OPERATION_DEFINITION],
  _multiple_top_level_fields: [Kind.OPERATION_DEFINITION],
};

/** How the reference calls a place in its errors. */
const placeNames: Readonly<Partial<Record<Kind, string>>> = {
  [Kind.FIELD]: 'a field',
  [Kind.FRAGMENT_SPREAD]: 'a fragment spread',
  [Kind.INLINE_FRAGMENT]: 'an inline fragment',
  [Kind.FRAGMENT_DEFINITION]: 'a fragment definition',
  [Kind.VARIABLE_DEFINITION]: 'a variable definition',
};

/** Directives that nobody knows, or that stand twice or in the wrong place, are never ignored silently. */
export const directivesRule: ValidationRule = (context) => ({
  enter(node, _key, _parent, _path, ancestors) {
    const directives: readonly DirectiveNode[] = ('directives' in node && node.directives) || [];
    if (directives.length === 0) return;
    const message = problemOf(
      node,
      directives.map(({ name }) => name.value),
    );
    if (message === null) return;
    context.reportError(new GraphQLError(message, { extensions: { path: pathOf(node, ancestors) } }));
  },
});

function problemOf(node: ASTNode, names: readonly string[]): string | null {
  const met = new Set<string>();
  const twice = new Set(names.filter((name) => met.has(name) || !met.add(name)));
  if (twice.size > 0) return `the following directives are used more than once: ${[...twice].join(', ')}`;
  for (const name of names) {
    const places = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!places) return `directive "${name}" is not defined in the schema`;
    if (!places.includes(node.kind)) return `directive "${name}" is not allowed on ${placeName(node)}`;
  }
  return null;
}

function placeName(node: ASTNode): string {
  if (node.kind === Kind.OPERATION_DEFINITION) return `a ${node.operation}`;
  return placeNames[node.kind] ?? 'this part of a document';
}

/** The selection set that the node stands in; of a fragment, as if the fragment were an operation. */
function pathOf(node: ASTNode, ancestors: readonly (ASTNode | readonly ASTNode[])[]): string {
  const isSelection =
    node.kind === Kind.FIELD || node.kind === Kind.FRAGMENT_SPREAD || node.kind === Kind.INLINE_FRAGMENT;
  if (!isSelection) return '$';
  const fields = ancestors.flatMap((ancestor) =>
    'kind' in ancestor && ancestor.kind === Kind.FIELD ? [ancestor.name.value] : [],
  );
  return ['$', ...fields].map((name) => `${name}.selectionSet`).join('.');
}
