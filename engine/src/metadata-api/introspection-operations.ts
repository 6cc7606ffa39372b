import { introspectionOptions } from '../metadata/schemas/others.ts';
import { readShape } from './read-shape.ts';
import type { Operation } from './types.ts';

/** `set_graphql_schema_introspection_options`: the list given takes the place of the one before. */
export const setIntrospectionOptions: Operation = ({ draft }, args) => {
  const { disabled_for_roles: roles } = readShape(introspectionOptions, args);
  if (roles.length === 0) delete draft.graphql_schema_introspection;
  else draft.graphql_schema_introspection = { disabled_for_roles: [...new Set(roles)] };
  return {};
};
