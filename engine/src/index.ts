/** The engine as a library: `createEngine` serves a Hasura v2 project from one Postgres database. */

export { adminSession, type Session } from './auth/session.ts';
export {
  createEngine,
  type Engine,
  type EngineOptions,
  type GraphQLAnswer,
  type RequestContext,
} from './engine.ts';
export { EngineError } from './errors.ts';
export { readMetadata } from './metadata/read-metadata.ts';
export type { Metadata } from './metadata/types.ts';
export type { GraphQLRequest } from './request/parse-document.ts';
