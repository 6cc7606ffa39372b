import type { TestProject } from 'vitest/node';
import { forgetPostgresVariables } from './connection.ts';
import './provided.ts';
import { startThrowAwayPostgres } from './throw-away.ts';

/**
 * vitest's global setup: one throw-away server per run. The returned function runs at the end, also after a
 * failure and on Ctrl-C; should vitest be killed outright, the server's guard does the same.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  forgetPostgresVariables(); // the workers inherit what is left
  const server = await startThrowAwayPostgres();
  project.provide('postgresAdminUrl', server.url);
  return () => server.stop();
}
