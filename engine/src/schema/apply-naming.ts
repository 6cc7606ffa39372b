import {
  type GraphQLArgumentConfig,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLInputFieldConfig,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLList,
  type GraphQLNamedType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLSchema,
  type GraphQLType,
  isListType,
  isNonNullType,
} from 'graphql';
import { aggregatePredicates } from '../predicate/aggregate-predicates.ts';
import {
  fieldNameOf,
  lowerTypeNameOf,
  type NamePart,
  plainTypeNameOf,
  typeNameOf,
  wordsOf,
} from '../source/naming.ts';
import type { Source } from '../source/types.ts';
import { sortedFields } from './build-context.ts';
import { inputMeaningOf, meaningOf } from './meaning.ts';

/**
 * Brings a finished schema into the source's own names. The builders speak Hasura's default ones; here types and
 * fields get theirs, and each renamed field remembers the name by which the planner knows it
 * ({@link canonicalName}). Types that actions declare, and all that metadata names itself, stay as they are.
 */
export function applyNaming(schema: GraphQLSchema, source: Source): GraphQLSchema {
  const { convention, typeNames } = source.naming;
  if (convention === 'hasura-default' && typeNames.prefix === '' && typeNames.suffix === '') return schema;
  return new SchemaNaming(schema, source).apply();
}

const keptMeanings = new Set([
  'column',
  'relationship',
  'computed_field',
  'function_argument',
  'action_output',
  'action_relationship',
  'aggregate_predicate',
]);

type Extensions = Readonly<Record<string, unknown>>;

class SchemaNaming {
  readonly #schema: GraphQLSchema;
  readonly #source: Source;
  readonly #types = new Map<string, GraphQLNamedType>();
  readonly #declared: ReadonlySet<string>;
  readonly #roots: ReadonlySet<GraphQLNamedType | null | undefined>;

  constructor(schema: GraphQLSchema, source: Source) {
    this.#schema = schema;
    this.#source = source;
    const { input_objects: inputs = [], objects = [], enums = [] } = source.customTypes;
    this.#declared = new Set([...inputs, ...objects, ...enums].map(({ name }) => name));
    this.#roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  }

  apply(): GraphQLSchema {
    const root = (type: GraphQLObjectType | null | undefined): GraphQLObjectType | null =>
      type ? (this.#named(type) as GraphQLObjectType) : null;
    return new GraphQLSchema({
      ...this.#schema.toConfig(),
      query: root(this.#schema.getQueryType()),
      mutation: root(this.#schema.getMutationType()),
      subscription: root(this.#schema.getSubscriptionType()),
      types: [],
    });
  }

  #wrapped<T extends GraphQLType>(type: T): T {
    if (isNonNullType(type)) return new GraphQLNonNull(this.#wrapped(type.ofType)) as unknown as T;
    if (isListType(type)) return new GraphQLList(this.#wrapped(type.ofType as GraphQLType)) as unknown as T;
    return this.#named(type as GraphQLNamedType) as unknown as T;
  }

  #named(type: GraphQLNamedType): GraphQLNamedType {
    let named = this.#types.get(type.name);
    if (!named) {
      named = this.#rename(type);
      this.#types.set(type.name, named);
    }
    return named;
  }

  #rename(type: GraphQLNamedType): GraphQLNamedType {
    const isDeclared = this.#declared.has(type.name);
    const name = isDeclared || this.#roots.has(type) ? type.name : this.#typeName(type.name);
    const description = this.#describe(type.description);
    if (type instanceof GraphQLObjectType) {
      const config = type.toConfig();
      return new GraphQLObjectType({
        ...config,
        name,
        description,
        fields: () => this.#outputFields(config.fields, this.#roots.has(type)),
      });
    }
    if (type instanceof GraphQLInputObjectType) {
      const config = type.toConfig();
      return new GraphQLInputObjectType({
        ...config,
        name,
        description,
        fields: () => this.#inputs(config.fields, isDeclared),
      });
    }
    if (type instanceof GraphQLEnumType && !isDeclared) {
      const config = type.toConfig();
      return new GraphQLEnumType({ ...config, name, description, values: this.#values(type) });
    }
    return type;
  }

  #outputFields(
    fields: Readonly<Record<string, GraphQLFieldConfig<unknown, unknown>>>,
    isRoot: boolean,
  ): Record<string, GraphQLFieldConfig<unknown, unknown>> {
    const renamed = Object.entries(fields).map(([name, field]) => {
      const kind = meaningOf({ extensions: field.extensions as Extensions })?.kind;
      const to = isRoot ? name : this.#fieldName(name, kind);
      return [
        to,
        {
          ...field,
          type: this.#wrapped(field.type as GraphQLOutputType),
          args: this.#inputs(field.args ?? {}, kind === 'action'),
          extensions: remember(field.extensions, name, to),
        },
      ];
    });
    return sortedFields(Object.fromEntries(renamed));
  }

  #inputs<T extends GraphQLInputFieldConfig | GraphQLArgumentConfig>(
    fields: Readonly<Record<string, T>>,
    keepsNames: boolean,
  ): Record<string, T> {
    const renamed = Object.entries(fields).map(([name, field]) => {
      const kind = inputMeaningOf({ extensions: field.extensions as Extensions })?.kind;
      const to = keepsNames ? name : this.#fieldName(name, kind);
      const type = this.#wrapped(field.type as GraphQLInputType);
      return [to, { ...field, type, extensions: remember(field.extensions, name, to) }];
    });
    return sortedFields(Object.fromEntries(renamed));
  }

  #fieldName(name: string, kind: string | undefined): string {
    // Of what metadata or the database names, and of `String`, `X` and `Y`, nothing is to be taken apart.
    if ((kind !== undefined && keptMeanings.has(kind)) || name.lastIndexOf('_') < 1) return name;
    return fieldNameOf(this.#source.naming, wordsOf(name));
  }

  /** Enum values are in upper case, but for columns and constraints, which have names of their own. */
  #values(type: GraphQLEnumType): ReturnType<GraphQLEnumType['toConfig']>['values'] {
    const { values } = type.toConfig();
    const isOfTable = [...this.#source.enums.keys()].some(
      (key) => `${this.#source.tables.get(key)?.typeName}_enum` === type.name,
    );
    const isUpper = this.#source.naming.convention === 'graphql-default';
    if (!isUpper || !(isOfTable || type.name === 'order_by')) return values;
    const renamed = Object.entries(values).map(([name, value]) => [
      name.toUpperCase(),
      { ...value, value: value.value ?? name },
    ]);
    return sortedFields(Object.fromEntries(renamed));
  }

  #typeName(name: string): string {
    const { naming } = this.#source;
    const comparison = /^(.+?)(_array)?_comparison_exp$/.exec(name);
    if (comparison) {
      const base = this.#schema.getType(comparison[1] as string);
      const words = wordsOf(
        base instanceof GraphQLEnumType ? this.#named(base).name : (comparison[1] as string),
      );
      const ending = wordsOf(`${comparison[2]?.slice(1) ?? ''}${comparison[2] ? '_' : ''}comparison_exp`);
      return plainTypeNameOf(naming, [...words, ...ending]);
    }
    const table = this.#tableOf(name);
    if (table && isPredicateType(name.slice(table.typeName.length + 1))) {
      // Of all types these alone begin in lower case under graphql-default, as the reference shows them.
      return lowerTypeNameOf(naming, [...table.parts, ...endingOf(name.slice(table.typeName.length + 1))]);
    }
    if (table)
      return typeNameOf(naming, [...table.parts, ...endingOf(name.slice(table.typeName.length + 1))]);
    const computed = this.#computedArguments(name);
    if (computed) return typeNameOf(naming, computed);
    const isOfFunction = name.endsWith('_args');
    return isOfFunction ? typeNameOf(naming, wordsOf(name)) : plainTypeNameOf(naming, wordsOf(name));
  }

  /** The table that a type belongs to: the one with the longest name that the type's begins with. */
  #tableOf(name: string): { typeName: string; parts: readonly NamePart[] } | undefined {
    const fitting = [...this.#source.tables.values()].filter(
      ({ typeName }) => name === typeName || name.startsWith(`${typeName}_`),
    );
    const [longest] = fitting.sort((left, right) => right.typeName.length - left.typeName.length);
    return longest && { typeName: longest.typeName, parts: longest.nameParts };
  }

  /** `<field>_<table>_args`, of which the field is one word. */
  #computedArguments(name: string): NamePart[] | undefined {
    for (const table of this.#source.tables.values()) {
      const field = table.computedFields.find((each) => name === `${each.name}_${table.typeName}_args`);
      if (field) return [{ text: field.name, isCustom: false }, ...table.nameParts, ...wordsOf('args')];
    }
    return undefined;
  }

  #describe(description: string | null | undefined): string | null {
    const compared = /^Boolean expression to compare columns of type "(.+)"\./.exec(description ?? '')?.[1];
    const values = compared === undefined ? undefined : this.#schema.getType(compared);
    if (values instanceof GraphQLEnumType)
      return (description ?? '').replace(`"${compared}"`, `"${this.#named(values).name}"`);
    if (this.#source.naming.convention === 'hasura-default') return description ?? null;
    return (
      (description ?? '').replace(
        /^(aggregate |order by |select ")([a-z_]+)( on columns|\(\) on columns|" columns of)/,
        (_whole, before: string, name: string, after: string) =>
          `${before}${this.#describedName(name)}${after}`,
      ) || null
    );
  }

  #describedName(name: string): string {
    const { naming } = this.#source;
    const table = this.#tableOf(name);
    if (!table) return fieldNameOf(naming, wordsOf(name));
    return fieldNameOf(naming, [...table.parts, ...endingOf(name.slice(table.typeName.length + 1))]);
  }
}

const predicatePrefix = 'aggregate_bool_exp_';

/** Whether what follows a table's name makes it `<table>_aggregate_bool_exp_<function>`. */
function isPredicateType(rest: string): boolean {
  return aggregatePredicates.some(({ name }) => rest === `${predicatePrefix}${name}`);
}

/** The words after a table's name; the function of an aggregate predicate is one of them. */
function endingOf(rest: string): NamePart[] {
  if (rest === '') return [];
  const end = rest.lastIndexOf(predicatePrefix) + predicatePrefix.length;
  const ending = rest.slice(end);
  const found = aggregatePredicates.find(({ name }) => ending === name || ending.startsWith(`${name}_`));
  if (end < predicatePrefix.length || !found) return wordsOf(rest);
  const tail = ending === found.name ? [] : wordsOf(ending.slice(found.name.length + 1));
  return [...wordsOf(rest.slice(0, end - 1)), { text: found.name, isCustom: false }, ...tail];
}

function remember(extensions: unknown, name: string, to: string): Extensions {
  const given = (extensions ?? {}) as Extensions;
  return name === to ? given : { ...given, canonical: name };
}
