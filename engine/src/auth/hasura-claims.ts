import { EngineError } from '../errors.ts';
import { parseJson } from '../http/parse-json.ts';
import { isJsonObject, jsonKindOf } from '../json/json-values.ts';
import { toArrayLiteral } from '../predicate/array-literal.ts';
import { encodeScalar } from '../predicate/encode.ts';
import { readJsonPath } from './json-path.ts';
import type { ClaimsPlace } from './jwt-settings.ts';

/** What a token says to Hasura: the roles its holder may take, and session variables. */
export interface HasuraClaims {
  readonly allowedRoles: readonly string[];
  readonly defaultRole: string;
  /** Lower-case `x-hasura-*` names; roles left out. */
  readonly variables: Readonly<Record<string, string>>;
}

const ALLOWED_ROLES = 'x-hasura-allowed-roles';
const DEFAULT_ROLE = 'x-hasura-default-role';

/** Reads Hasura's claims out of a verified token. */
export function readHasuraClaims(
  claims: Readonly<Record<string, unknown>>,
  place: ClaimsPlace,
): HasuraClaims {
  const raw = place.kind === 'map' ? mapClaims(claims, place) : findClaims(claims, place);
  return {
    allowedRoles: readRoles(raw[ALLOWED_ROLES]),
    defaultRole: readDefaultRole(raw[DEFAULT_ROLE]),
    variables: readVariables(raw),
  };
}

type RawClaims = Readonly<Record<string, unknown>>;

function findClaims(claims: RawClaims, place: Exclude<ClaimsPlace, { kind: 'map' }>): RawClaims {
  const value = place.kind === 'path' ? readJsonPath(claims, place.path) : claims[place.name];
  const location =
    place.kind === 'path' ? `claims_namespace_path ${place.text}` : `claims_namespace ${place.name}`;
  if (value === undefined) {
    throw invalidClaims(
      place.kind === 'path'
        ? `claims not found at claims_namespace_path: '${place.text}'`
        : `claims key: '${place.name}' not found`,
    );
  }
  const object = place.format === 'json' ? value : parseStringified(value, location);
  if (!isJsonObject(object)) {
    throw invalidClaims(
      place.format === 'json'
        ? 'expecting a json object when claims_format is json'
        : `expecting stringified json at: '${location}', but found: ${encodeScalar(value)}`,
    );
  }
  const own: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(object)) {
    if (name.toLowerCase().startsWith('x-hasura-')) own[name.toLowerCase()] = item;
  }
  return own;
}

function parseStringified(value: unknown, location: string): unknown {
  if (typeof value !== 'string') {
    throw invalidClaims('expecting a string when claims_format is stringified_json');
  }
  try {
    return parseJson(value);
  } catch {
    throw invalidClaims(`expecting stringified json at: '${location}', but found: ${value}`);
  }
}

function mapClaims(claims: RawClaims, place: Extract<ClaimsPlace, { kind: 'map' }>): RawClaims {
  const mapped: Record<string, unknown> = {};
  for (const [name, source] of Object.entries(place.claims)) {
    const value =
      source.kind === 'static' ? source.value : (readJsonPath(claims, source.path) ?? source.fallback);
    if (value === undefined && name !== ALLOWED_ROLES && name !== DEFAULT_ROLE) {
      throw invalidClaims(`JWT claim from claims_map, ${name} not found`);
    }
    mapped[name] = value;
  }
  return mapped;
}

function readRoles(value: unknown): readonly string[] {
  if (value === undefined) throw missingRoles(ALLOWED_ROLES);
  const hint = `invalid ${ALLOWED_ROLES}; should be a list of roles`;
  if (!Array.isArray(value)) {
    throw invalidClaims(`${hint}: parsing [] failed, expected Array, but encountered ${kindOf(value)}`);
  }
  for (const [index, role] of value.entries()) {
    if (typeof role !== 'string') {
      throw invalidClaims(
        `${hint}: Error in $[${index}]: parsing Text failed, expected String, but encountered ${kindOf(role)}`,
      );
    }
  }
  return value as string[];
}

function readDefaultRole(value: unknown): string {
  if (value === undefined) throw missingRoles(DEFAULT_ROLE);
  if (typeof value === 'string' && value !== '') return value;
  throw invalidClaims(
    `invalid ${DEFAULT_ROLE}; should be a single role name: parsing Text failed, expected String, but encountered ${kindOf(value)}`,
  );
}

/** Values are texts; a list becomes the Postgres array that permissions can compare with. */
function readVariables(raw: RawClaims): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(raw)) {
    if (name === ALLOWED_ROLES || name === DEFAULT_ROLE) continue;
    if (typeof value === 'string') variables[name] = value;
    else if (Array.isArray(value)) variables[name] = toArrayLiteral(value, toText);
    else {
      throw invalidClaims(
        `x-hasura-* claims: parsing Text failed, expected String, but encountered ${kindOf(value)}`,
      );
    }
  }
  return variables;
}

function toText(item: unknown): string {
  return typeof item === 'string' ? item : JSON.stringify(item);
}

function kindOf(value: unknown): string {
  const kind = jsonKindOf(value);
  return kind.slice(0, 1).toUpperCase() + kind.slice(1);
}

function invalidClaims(message: string): EngineError {
  return new EngineError('jwt-invalid-claims', message);
}

function missingRoles(claim: string): EngineError {
  return new EngineError('jwt-missing-role-claims', `JWT claim does not contain ${claim}`);
}
