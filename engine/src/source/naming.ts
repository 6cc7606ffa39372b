import { EngineError } from '../errors.ts';
import type { SourceCustomization } from '../metadata/types.ts';

/** The conventions by Hasura's names. */
export const NAMING_CONVENTIONS = ['hasura-default', 'graphql-default'] as const;

/** How generated GraphQL names look: `article_by_pk` or `articleByPk`. */
export type NamingConvention = (typeof NAMING_CONVENTIONS)[number];

/** A word of a generated name; one that metadata gives keeps its case at the beginning of a name. */
export interface NamePart {
  readonly text: string;
  readonly isCustom: boolean;
}

/** The names of a source: the convention, and what metadata puts before and after them. */
export interface Naming {
  readonly convention: NamingConvention;
  readonly rootFields: Affixes;
  readonly typeNames: Affixes;
}

/** What is put before and after generated names. */
export interface Affixes {
  readonly prefix: string;
  readonly suffix: string;
}

/** Reads a source's names; `standard` is null where naming conventions are switched off. */
export function readNaming(
  customization: SourceCustomization | undefined,
  standard: NamingConvention | null,
): Naming {
  const convention = customization?.naming_convention ?? standard ?? 'hasura-default';
  if (convention !== 'hasura-default' && standard === null) {
    throw new EngineError(
      'invalid-configuration',
      `the naming convention ${convention} needs naming_convention among HASURA_GRAPHQL_EXPERIMENTAL_FEATURES`,
      { path: '$.args' },
    );
  }
  if (!NAMING_CONVENTIONS.includes(convention)) {
    throw new EngineError('parse-failed', `unknown naming convention "${convention}"`, { path: '$.args' });
  }
  const affixes = (given: Partial<Affixes> | undefined): Affixes => ({
    prefix: checkAffix(given?.prefix, /^([_A-Za-z]\w*)?$/),
    suffix: checkAffix(given?.suffix, /^\w*$/),
  });
  return {
    convention,
    rootFields: affixes(customization?.root_fields),
    typeNames: affixes(customization?.type_names),
  };
}

function checkAffix(given: string | undefined, pattern: RegExp): string {
  const affix = given ?? '';
  if (pattern.test(affix)) return affix;
  throw new EngineError('parse-failed', `"${affix}" is not a valid part of a GraphQL name`, {
    path: '$.args',
  });
}

/** The words of a name from the database; a leading underscore belongs to the first. */
export function wordsOf(name: string): NamePart[] {
  const [first = '', second, ...rest] = name.split('_');
  const words = first === '' && second !== undefined ? [`_${second}`, ...rest] : name.split('_');
  return words.map((text) => ({ text, isCustom: false }));
}

/** A name that metadata gives: one word, whatever is in it. */
export function customName(text: string): NamePart[] {
  return [{ text, isCustom: true }];
}

/** The name of a field or an argument. */
export function fieldNameOf(naming: Naming, parts: readonly NamePart[]): string {
  return naming.convention === 'hasura-default' ? snake(parts) : joined(parts, lowerFirst);
}

/** The name of a root field, with what metadata puts around all of them. */
export function rootFieldNameOf(naming: Naming, parts: readonly NamePart[]): string {
  return surround(naming, naming.rootFields, fieldNameOf(naming, parts));
}

/** The name of a type, with what metadata puts around all of them. */
export function typeNameOf(naming: Naming, parts: readonly NamePart[]): string {
  const name = plainTypeNameOf(naming, parts);
  return surround(naming, naming.typeNames, name);
}

/** The same for the few types whose names begin as fields do. */
export function lowerTypeNameOf(naming: Naming, parts: readonly NamePart[]): string {
  return surround(naming, naming.typeNames, fieldNameOf(naming, parts));
}

/** The name of a type that belongs to no table. */
export function plainTypeNameOf(naming: Naming, parts: readonly NamePart[]): string {
  return naming.convention === 'hasura-default' ? snake(parts) : joined(parts, upperFirst);
}

function surround(naming: Naming, { prefix, suffix }: Affixes, name: string): string {
  if (naming.convention === 'hasura-default') return `${prefix}${name}${suffix}`;
  return `${prefix}${prefix === '' ? name : upperFirst(name)}${upperFirst(suffix)}`;
}

function snake(parts: readonly NamePart[]): string {
  return parts.map(({ text }) => text).join('_');
}

/** Words without anything between them; a custom one at the beginning stays as it is. */
function joined(parts: readonly NamePart[], first: (text: string) => string): string {
  return parts
    .map(({ text, isCustom }, index) => {
      if (index > 0) return upperFirst(text);
      return isCustom ? text : first(text);
    })
    .join('');
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
