/** The engine as a library: `createEngine` serves a Hasura v2 project from one Postgres database. */

export { adminSession, type Session } from './auth/session.ts';
export { createEngine } from './engine.ts';
export type { Engine, EngineOptions, GraphQLAnswer, RequestContext } from './engine-types.ts';
export { EngineError } from './errors.ts';
export { readMetadata } from './metadata/read-metadata.ts';
export type { Metadata } from './metadata/types.ts';
export type { GraphQLRequest } from './request/parse-document.ts';
