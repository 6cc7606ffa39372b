import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { EngineError } from '../errors.ts';
import { isJsonNumber, jsonKindOf } from '../json/json-values.ts';
import { encodeScalar } from '../predicate/encode.ts';
import { meaningOf } from '../schema/meaning.ts';

/**
 * Checks a handler's whole answer against the action's output type, asked for or not, in the reference's words.
 * Scalars inside objects pass as they are; fields that the type does not have are nobody's business.
 */
export function checkOutput(type: GraphQLOutputType, body: unknown): void {
  const bare = getNamedType(type);
  if (isObjectType(bare) && body !== null && (typeof body !== 'object' || isJsonNumber(body))) {
    throw new EngineError('parse-failed', 'expecting object or array of objects for action webhook response');
  }
  check(type, body, '');
  const values = (Array.isArray(body) ? body.flat(Number.POSITIVE_INFINITY) : [body]) as unknown[];
  const fits = SCALARS[bare.name];
  const wrong = fits ? values.find((value) => value !== null && !fits(value)) : undefined;
  if (wrong !== undefined) {
    throw unexpected(
      `got scalar ${scalarNameOf(wrong)} for the action webhook response, expecting ${bare.name}`,
    );
  }
}

/** Only the scalars of GraphQL itself say what a value looks like; all others take any. */
const SCALARS: Readonly<Record<string, (value: unknown) => boolean>> = {
  Boolean: (value) => typeof value === 'boolean',
  Int: isJsonNumber,
  Float: isJsonNumber,
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string' || isJsonNumber(value),
};

/** `where` names the field, and is empty for the answer itself. */
function check(type: GraphQLOutputType, value: unknown, where: string): void {
  if (isNonNullType(type)) {
    if (value === null || value === undefined) {
      throw unexpected(`expecting not null value for the action webhook response${where}`);
    }
    check(type.ofType as GraphQLOutputType, value, where);
    return;
  }
  if (value === null || value === undefined) return;
  if (isListType(type)) {
    if (!Array.isArray(value)) {
      throw unexpected(`expecting array for action webhook response but got ${jsonKindOf(value)}${where}`);
    }
    for (const item of value) check(type.ofType as GraphQLOutputType, item, where);
  } else if (isObjectType(type)) {
    if (jsonKindOf(value) !== 'object') {
      throw unexpected(`expecting object for action webhook response but got ${jsonKindOf(value)}${where}`);
    }
    checkFields(type, value as Record<string, unknown>);
  } else if (isEnumType(type) && !(typeof value === 'string' && type.getValue(value))) {
    throw unexpected(
      `"${encodeScalar(value)}" is no value of the enum ${type.name} in the action webhook response${where}`,
    );
  }
}

function checkFields(type: GraphQLObjectType, value: Readonly<Record<string, unknown>>): void {
  for (const field of Object.values(type.getFields())) {
    if (meaningOf(field)?.kind !== 'action_output') continue;
    const given = own(value, field.name);
    if (isNonNullType(field.type) && given === undefined) {
      throw unexpected(`field "${field.name}" expected in webhook response, but not found`);
    }
    if (isNonNullType(field.type) && given === null) {
      throw unexpected(`expecting not null value for field "${field.name}"`);
    }
    check(field.type, given, `, in field "${field.name}"`);
  }
}

function scalarNameOf(value: unknown): string {
  const names: Readonly<Record<string, string>> = { number: 'Number', boolean: 'Boolean', string: 'String' };
  return names[jsonKindOf(value)] ?? 'Object';
}

/** A member of a handler's object, never of its prototype. */
export function own(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function unexpected(message: string): EngineError {
  return new EngineError('unexpected', message);
}
