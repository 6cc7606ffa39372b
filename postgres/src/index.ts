export { unwritable } from './cluster.ts';
export { databaseUrl, forgetPostgresVariables, withClient, withDatabase } from './connection.ts';
export { PostgresStartError } from './errors.ts';
export { findFreePort, findFreePorts, isPortFree } from './port.ts';
export {
  clusterFolder,
  holdDataDir,
  type Postgres,
  type StartPostgresOptions,
  startPostgres,
} from './start-postgres.ts';
export { startThrowAwayPostgres, type ThrowAwayPostgres } from './throw-away.ts';
