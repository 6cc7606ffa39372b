import { print, type TypeNode, type VariableDefinitionNode } from 'graphql';
import { EngineError } from '../errors.ts';
import { parseJson } from '../http/parse-json.ts';
import type { RestEndpoint } from './endpoints.ts';

/** What a REST request brings, before it is known what the operation expects. */
export interface RestInput {
  readonly path: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  /** The keys of the JSON body. */
  readonly body: Readonly<Record<string, unknown>>;
}

const textTypes: ReadonlySet<string> = new Set(['String', 'ID', 'uuid', 'UUID']);
const numberTypes: ReadonlySet<string> = new Set([
  'Int',
  'Float',
  'Number',
  'Double',
  'float8',
  'numeric',
  'bigint',
  'smallint',
]);

/**
 * The GraphQL variables of a request: from the address, then the query string, then the body. Texts of the first
 * two become what the variable's type says; the body's values go on as they are.
 */
export function readRestVariables(
  { operation }: RestEndpoint,
  input: RestInput,
): Readonly<Record<string, unknown>> {
  const definitions = operation.variableDefinitions ?? [];
  refuseUnexpected(definitions, input);
  const variables: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const definition of definitions) {
    const name = definition.variable.name.value;
    const text = input.path.get(name) ?? input.query.get(name);
    if (text !== null && text !== undefined) variables[name] = fromText(name, definition.type, text);
    else if (Object.hasOwn(input.body, name)) variables[name] = input.body[name];
    else if (definition.defaultValue === undefined) variables[name] = missing(name, definition.type);
  }
  return variables;
}

function refuseUnexpected(definitions: readonly VariableDefinitionNode[], input: RestInput): void {
  const known = new Set(definitions.map(({ variable }) => variable.name.value));
  for (const name of [...input.path.keys(), ...input.query.keys(), ...Object.keys(input.body)]) {
    if (!known.has(name)) throw badRequest(`Unexpected variable ${name}`);
  }
}

function missing(name: string, type: TypeNode): null {
  if (type.kind !== 'NonNullType') return null;
  throw badRequest(`Missing variable ${name}`);
}

function fromText(name: string, type: TypeNode, text: string): unknown {
  const bare = type.kind === 'NonNullType' ? type.type : type;
  const typeName = bare.kind === 'NamedType' ? bare.name.value : 'list';
  if (typeName === 'Boolean') {
    // A flag without a value is on.
    if (text === '' || text === 'true') return true;
    if (text === 'false') return false;
  } else if (textTypes.has(typeName)) return text;
  else if (numberTypes.has(typeName)) {
    const number = readNumber(text);
    if (number !== undefined) return number;
  } else if (bare.kind === 'NamedType') {
    // Dates, enums and the like are texts in JSON as well; the schema has the last word.
    return text;
  }
  throw badRequest(`Expected a value of type ${print(type)} for variable ${name}`);
}

/** A number as JSON has it; one that JavaScript would round keeps its digits. */
function readNumber(text: string): unknown {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? parseJson(text) : undefined;
}

function badRequest(message: string): EngineError {
  return new EngineError('bad-request', message);
}
