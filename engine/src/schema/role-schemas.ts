import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLIncludeDirective,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLSkipDirective,
  GraphQLString,
  lexicographicSortSchema,
} from 'graphql';
import type { Experiment } from '../schema-settings.ts';
import type { RolePermissions } from '../source/resolved-permissions.ts';
import { resolveRolePermissions } from '../source/role-permissions.ts';
import type { Source } from '../source/types.ts';
import { applyNaming } from './apply-naming.ts';
import { createBuildContext, sortedFields } from './build-context.ts';
import { type FunctionVisibility, functionRootFields } from './function-roots.ts';
import { mutationRootFields } from './mutation-roots.ts';
import { actionResultFields, actionRootFields, type RootFields, selectRootFields } from './query-roots.ts';

/** Everything the engine knows for one role: the schema it sees and the rows it may touch. */
export interface RoleSchema {
  readonly role: string;
  readonly source: Source;
  readonly schema: GraphQLSchema;
  readonly permissions: RolePermissions;
  /** Whether `__schema` and `__type` may be asked. */
  readonly introspects: boolean;
  /** Whether a comparison with null in a client's filter counts as one that is not there. */
  readonly collapsesNulls: boolean;
  /** The same schema with its types in order, for introspection and SDL; made when first asked for. */
  sorted(): GraphQLSchema;
}

/** What shapes the schemas beside the source. */
export interface RoleSchemaOptions extends FunctionVisibility {
  /** `graphql_schema_introspection.disabled_for_roles` */
  readonly introspectionDisabledFor: ReadonlySet<string>;
  /** What of the reference's experiments is switched on. */
  readonly experiments?: ReadonlySet<Experiment>;
  readonly collapsesNulls?: boolean;
}

const cachedDirective = new GraphQLDirective({
  name: 'cached',
  description: 'whether this query should be cached (Hasura Cloud only)',
  locations: [DirectiveLocation.QUERY],
  args: {
    refresh: {
      type: new GraphQLNonNull(GraphQLBoolean),
      defaultValue: false,
      description: 'refresh the cache entry',
    },
    ttl: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 60, description: 'measured in seconds' },
  },
});

const noQueries: RootFields = {
  no_queries_available: {
    type: new GraphQLNonNull(GraphQLString),
    description:
      "There are no queries available to the current role. Either there are no sources or remote schemas configured, or the current role doesn't have the required permissions.",
  },
};

function rootType(name: string, fields: RootFields, description?: string): GraphQLObjectType | undefined {
  return Object.keys(fields).length === 0
    ? undefined
    : new GraphQLObjectType({ name, description: description ?? null, fields: sortedFields(fields) });
}

/** Builds one role's schema. Unknown roles get an empty one, as in the reference. */
export function buildRoleSchema(
  source: Source,
  role: string,
  backendOnly: boolean,
  options: RoleSchemaOptions,
): RoleSchema {
  const permissions = resolveRolePermissions(source, role);
  const context = createBuildContext(role, source, permissions, backendOnly, options.experiments);
  const queries: RootFields = {};
  const subscriptions: RootFields = {};
  const mutations: RootFields = {};
  for (const table of source.tables.values()) {
    Object.assign(queries, selectRootFields(context, table, 'query'));
    Object.assign(subscriptions, selectRootFields(context, table, 'subscription'));
    Object.assign(mutations, mutationRootFields(context, table));
  }
  Object.assign(queries, functionRootFields(context, 'query', options));
  Object.assign(subscriptions, functionRootFields(context, 'query', options));
  Object.assign(mutations, functionRootFields(context, 'mutation', options));
  Object.assign(queries, actionRootFields(context, 'query'));
  Object.assign(mutations, actionRootFields(context, 'mutation'));
  Object.assign(queries, actionResultFields(context));
  Object.assign(subscriptions, actionResultFields(context));
  const generated = new GraphQLSchema({
    query: rootType('query_root', queries) ?? rootType('query_root', noQueries) ?? null,
    mutation: rootType('mutation_root', mutations, 'mutation root') ?? null,
    subscription: rootType('subscription_root', subscriptions) ?? null,
    directives: [GraphQLIncludeDirective, GraphQLSkipDirective, cachedDirective],
    // A role that may count rows of which it may read no column has a type without fields, which the reference
    // allows. Mistakes in names show in the schema of admin, which has everything that the others have.
    assumeValid: role !== 'admin',
  });
  const schema = applyNaming(generated, source);
  let sorted: GraphQLSchema | undefined;
  return {
    role,
    source,
    schema,
    permissions,
    introspects: !options.introspectionDisabledFor.has(role),
    collapsesNulls: options.collapsesNulls ?? false,
    sorted: () => {
      sorted ??= lexicographicSortSchema(schema);
      return sorted;
    },
  };
}

/** The schemas of one metadata version, each built when its role first asks. */
export class RoleSchemas {
  readonly #source: Source;
  readonly #options: RoleSchemaOptions;
  readonly #built = new Map<string, RoleSchema>();

  constructor(source: Source, options: RoleSchemaOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** Unknown roles share one empty schema, so that made-up role names cost no memory. */
  get(role: string, backendOnly: boolean): RoleSchema {
    const isKnown =
      role === 'admin' || this.#source.roles.has(role) || this.#options.introspectionDisabledFor.has(role);
    const known = isKnown ? role : '';
    const key = `${backendOnly ? 'backend' : 'client'}:${known}`;
    let schema = this.#built.get(key);
    if (!schema) {
      schema = buildRoleSchema(this.#source, known, backendOnly, this.#options);
      this.#built.set(key, schema);
    }
    return schema;
  }
}
