import {
  type DocumentNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  type TypeNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { RestEndpoint } from './endpoints.ts';

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3 description of RESTified endpoints, as the admin role sees what they answer. */
export function describeEndpoints(endpoints: readonly RestEndpoint[], schema: GraphQLSchema): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const url = endpoint.segments.map((part) => (part.kind === 'literal' ? part.text : `{${part.name}}`));
    const path = `/api/rest/${url.join('/')}`;
    paths[path] ??= { parameters: [secretHeader] };
    for (const method of endpoint.methods) paths[path][method.toLowerCase()] = describe(endpoint, schema);
  }
  return {
    openapi: '3.0.0',
    info: {
      version: '',
      title: 'Rest Endpoints',
      description: 'Made from the RESTified endpoints of the metadata.',
    },
    paths,
    components: {},
  };
}

const secretHeader: Json = {
  schema: { type: 'string' },
  in: 'header',
  name: 'x-hasura-admin-secret',
  description: 'One way to authenticate; a token in the header Authorization is another.',
};

function describe(endpoint: RestEndpoint, schema: GraphQLSchema): Json {
  const inPath = new Set(endpoint.segments.flatMap((part) => (part.kind === 'variable' ? [part.name] : [])));
  const definitions = endpoint.operation.variableDefinitions ?? [];
  const parameters = definitions
    .filter((definition) => definition.type.kind !== 'ListType' && isText(definition.type))
    .map((definition) => describeParameter(definition, inPath));
  const inBody = definitions.filter((definition) => !inPath.has(definition.variable.name.value));
  return {
    summary: endpoint.name,
    description: [
      ...(endpoint.comment ? [endpoint.comment] : []),
      `\`\`\`graphql\n${endpoint.query.trim()}\n\`\`\``,
    ].join('\n\n'),
    parameters,
    ...(inBody.length > 0 ? { requestBody: describeBody(inBody) } : {}),
    responses: {
      '200': {
        description: 'What the operation answers.',
        content: { 'application/json': { schema: describeAnswer(endpoint, schema) } },
      },
    },
  };
}

function describeParameter(definition: VariableDefinitionNode, inPath: ReadonlySet<string>): Json {
  const name = definition.variable.name.value;
  const isInPath = inPath.has(name);
  return {
    name,
    in: isInPath ? 'path' : 'query',
    // What is not in the query string may still be in the body.
    required: isInPath,
    description: `\`${print(definition.type)}\``,
    schema: describeInput(definition.type),
  };
}

function describeBody(definitions: readonly VariableDefinitionNode[]): Json {
  const properties = definitions.map(({ variable, type }) => [variable.name.value, describeInput(type)]);
  return {
    required: false,
    content: {
      'application/json': { schema: { type: 'object', properties: Object.fromEntries(properties) } },
    },
  };
}

const jsonTypes: Readonly<Record<string, string>> = {
  Int: 'integer',
  smallint: 'integer',
  Float: 'number',
  float8: 'number',
  numeric: 'number',
  bigint: 'integer',
  Boolean: 'boolean',
};

/** Whether a value of the type fits into a query string. */
function isText(type: TypeNode): boolean {
  if (type.kind === 'NonNullType') return isText(type.type);
  return (
    type.kind === 'NamedType' && !/_(bool_exp|input|order_by|on_conflict)$|^jsonb?$/.test(type.name.value)
  );
}

function describeInput(type: TypeNode): Json {
  if (type.kind === 'NonNullType') return { ...describeInput(type.type), nullable: false };
  if (type.kind === 'ListType') return { type: 'array', items: describeInput(type.type), nullable: true };
  const name = type.name.value;
  if (!isText(type)) return { nullable: true, title: name };
  return { type: jsonTypes[name] ?? 'string', nullable: true, title: name };
}

function describeAnswer(endpoint: RestEndpoint, schema: GraphQLSchema): Json {
  const document = parse(endpoint.query, { noLocation: true });
  const root = endpoint.operation.operation === 'mutation' ? schema.getMutationType() : schema.getQueryType();
  return root ? describeSelection(root, endpoint.operation.selectionSet, document) : {};
}

function describeSelection(
  type: GraphQLOutputType,
  selectionSet: SelectionSetNode,
  document: DocumentNode,
): Json {
  const properties: Record<string, unknown> = {};
  const collect = (selections: SelectionSetNode): void => {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = document.definitions.find(
          (definition) =>
            definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === selection.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) collect(fragment.selectionSet);
      } else {
        const fields = isObjectType(type) ? type.getFields() : {};
        const field = fields[selection.name.value];
        properties[selection.alias?.value ?? selection.name.value] = field
          ? describeOutput(field.type, selection.selectionSet, document)
          : {};
      }
    }
  };
  collect(selectionSet);
  return { type: 'object', properties };
}

function describeOutput(
  type: GraphQLOutputType,
  selectionSet: SelectionSetNode | undefined,
  document: DocumentNode,
): Json {
  if (isNonNullType(type)) return { ...describeOutput(type.ofType, selectionSet, document), nullable: false };
  if (isListType(type)) {
    return { type: 'array', items: describeOutput(type.ofType, selectionSet, document), nullable: true };
  }
  if (selectionSet) return { ...describeSelection(type, selectionSet, document), nullable: true };
  const named = getNamedType(type);
  if (isEnumType(named)) {
    return { type: 'string', enum: named.getValues().map(({ name }) => name), nullable: true };
  }
  if (/^jsonb?$/.test(named.name)) return { nullable: true, title: named.name };
  return { type: jsonTypes[named.name] ?? 'string', nullable: true, title: named.name };
}
