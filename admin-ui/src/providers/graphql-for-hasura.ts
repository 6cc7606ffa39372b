/**
 * What ra-data-hasura uses of graphql. As CommonJS it would bring the whole library, a fifth of the first load, along
 * for these two; vite.config.ts gives it this file instead.
 */
export { OperationTypeNode, TypeKind } from 'graphql';
