import { specifiedScalarTypes } from 'graphql';
import type { CustomObjectType, CustomTypesMetadata } from '../metadata/types.ts';
import { because } from './because.ts';
import { displayNameOf, keyOf, readQualifiedName } from './qualified-name.ts';
import { bareName } from './read-scalars.ts';
import type { Inconsistency, TrackedTable } from './types.ts';

/** What custom types may refer to. */
export interface CustomTypesScope {
  readonly sourceName: string;
  readonly tables: ReadonlyMap<string, TrackedTable>;
  readonly scalars: ReadonlySet<string>;
}

/** The types of actions, whole or not at all: null where something in them does not hold. */
export function checkCustomTypes(types: CustomTypesMetadata, scope: CustomTypesScope): Inconsistency | null {
  const reasons = [
    ...duplicateReason('types', duplicates(typeNames(types)), ''),
    ...(types.enums ?? []).flatMap(({ name, values }) =>
      duplicateReason('values', duplicates(values.map(({ value }) => value)), ` in enum type "${name}"`),
    ),
    ...unknownFieldTypes(types, scope),
    ...(types.objects ?? []).flatMap((object) => relationshipProblems(object, scope)),
  ];
  if (reasons.length === 0) return null;
  return {
    type: 'custom_types',
    name: 'custom_types custom_types',
    reason: `Inconsistent object: validation for the given custom types failed${because(reasons)}`,
    definition: spellOut(types, scope.sourceName),
  };
}

/** All types by name, GraphQL's own scalars among them, which may be declared again. */
function typeNames(types: CustomTypesMetadata): readonly string[] {
  const scalars = new Set([
    ...specifiedScalarTypes.map(({ name }) => name),
    ...(types.scalars ?? []).map(({ name }) => name),
  ]);
  const others = [...(types.enums ?? []), ...(types.input_objects ?? []), ...(types.objects ?? [])];
  return [...scalars, ...others.map(({ name }) => name)];
}

function duplicateReason(what: string, names: readonly string[], where: string): string[] {
  const list = names.map((name) => `"${name}"`).join(', ');
  return names.length === 0 ? [] : [`duplicate ${what}: ${list}${where}`];
}

function duplicates(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => seen.has(name) || !seen.add(name)))];
}

function unknownFieldTypes(types: CustomTypesMetadata, { scalars }: CustomTypesScope): string[] {
  const namesOf = (list: readonly { readonly name: string }[] | undefined | null): string[] =>
    (list ?? []).map(({ name }) => name);
  const leaves = [...scalars, ...namesOf(types.scalars), ...namesOf(types.enums)];
  const forInputs = new Set([...leaves, ...namesOf(types.input_objects)]);
  const forObjects = new Set([...leaves, ...namesOf(types.objects)]);
  const find = (
    kind: string,
    owner: { readonly name: string; readonly fields: readonly { name: string; type: string }[] },
    known: ReadonlySet<string>,
  ): string[] => [
    ...duplicateReason('fields', duplicates(namesOf(owner.fields)), ` in ${kind.trim()} "${owner.name}"`),
    ...owner.fields
      .filter(({ type }) => !known.has(bareName(type)))
      .map(
        ({ name, type }) =>
          `the type "${bareName(type)}" for field "${name}" in ${kind} "${owner.name}" does not exist`,
      ),
  ];
  return [
    ...(types.input_objects ?? []).flatMap((input) => find('input object type', input, forInputs)),
    // The second space is the reference's own.
    ...(types.objects ?? []).flatMap((object) => find(' object type', object, forObjects)),
  ];
}

function relationshipProblems(object: CustomObjectType, scope: CustomTypesScope): string[] {
  const names = object.fields.map(({ name }) => name);
  return (object.relationships ?? []).flatMap((relationship) => {
    const { schema, name } = readQualifiedName(relationship.remote_table);
    const table = displayNameOf(schema, name);
    const place = `for relationship "${relationship.name}" in object type "${object.name}"`;
    if (names.includes(relationship.name))
      return [`duplicate fields: "${relationship.name}" in object type "${object.name}"`];
    if (relationship.source !== undefined && relationship.source !== scope.sourceName) {
      return [`the source "${relationship.source}" ${place} does not exist`];
    }
    const target = scope.tables.get(keyOf(relationship.remote_table));
    if (!target) return [`the remote table "${table}" ${place} does not exist`];
    return Object.entries(relationship.field_mapping).flatMap(([fieldName, column]) => {
      const field = object.fields.find((candidate) => candidate.name === fieldName);
      const problems: string[] = [];
      if (!field) problems.push(`the field "${fieldName}" ${place} does not exist`);
      else if (field.type.trim().startsWith('[')) {
        problems.push(`the type of the field "${fieldName}" ${place} is a list type`);
      } else if (!scope.scalars.has(bareName(field.type))) {
        problems.push(`the type of the field "${fieldName}" ${place} is no scalar`);
      }
      if (!target.catalog.columns.some((candidate) => candidate.name === column)) {
        problems.push(`the column "${column}" of remote table "${table}" ${place} does not exist`);
      }
      return problems;
    });
  });
}

/** Custom types with all their keys, as the reference shows them. */
function spellOut(types: CustomTypesMetadata, sourceName: string): unknown {
  const orNull = <Item>(items: readonly Item[] | undefined | null): readonly Item[] | null =>
    items && items.length > 0 ? items : null;
  return {
    input_objects: orNull(
      types.input_objects?.map(({ name, description = null, fields }) => ({
        name,
        description,
        fields: fields.map((field) => ({ ...field, description: field.description ?? null })),
      })),
    ),
    objects: orNull(
      types.objects?.map(({ name, description = null, fields, relationships }) => ({
        name,
        description,
        fields: fields.map((field) => ({
          arguments: null,
          ...field,
          description: field.description ?? null,
        })),
        relationships: orNull(
          relationships?.map((relationship) => ({
            source: sourceName,
            ...relationship,
            remote_table: readQualifiedName(relationship.remote_table),
          })),
        ),
      })),
    ),
    scalars: orNull(types.scalars),
    enums: orNull(types.enums),
  };
}
