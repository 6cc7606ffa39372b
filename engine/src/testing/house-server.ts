import type { TestDatabase } from '@tierline/postgres/testing';
import { createAuthenticator } from '../auth/authenticate.ts';
import { readConfig } from '../config.ts';
import { createMetrics } from '../create-metrics.ts';
import type { Engine, EngineOptions } from '../engine-types.ts';
import { createHttpServer } from '../http/server.ts';
import { type Log, silentLog } from '../log.ts';
import type { Metadata } from '../metadata/types.ts';
import { TEST_ADMIN_SECRET } from './fake-engine.ts';
import { openPublishingHouse } from './publishing-house.ts';

/** A running server of the publishing house. */
export interface HouseServer {
  readonly url: string;
  readonly engine: Engine;
  readonly database: TestDatabase;
  /** Sends a request with the admin secret, as a role where one is named; answers status, headers and JSON. */
  send(
    path: string,
    options?: {
      method?: string;
      body?: unknown;
      role?: string;
      headers?: Readonly<Record<string, string>>;
    },
  ): Promise<{ status: number; headers: Headers; json: unknown }>;
  close(): Promise<void>;
}

/** The publishing house behind a real server on a free port. */
export async function startHouseServer(
  metadata: Partial<Metadata> = {},
  environment: Readonly<Record<string, string>> = {},
  options: Partial<EngineOptions> & { log?: Log } = {},
): Promise<HouseServer> {
  const { log = silentLog, ...engineOptions } = options;
  const config = await readConfig({
    HASURA_GRAPHQL_DATABASE_URL: 'postgres://localhost/a-copy-made-for-the-test',
    HASURA_GRAPHQL_ADMIN_SECRET: TEST_ADMIN_SECRET,
    ...environment,
  });
  const { engine, database } = await openPublishingHouse(metadata, {
    bounds: config.bounds,
    ...engineOptions,
  });
  const authenticate = createAuthenticator(config, log);
  const http = createHttpServer({ engine, authenticate, config, log, metrics: createMetrics() });
  const url = `http://127.0.0.1:${await http.listen(0, '127.0.0.1')}`;
  return {
    url,
    engine,
    database,
    async send(path, { method, body, role, headers } = {}) {
      const response = await fetch(url + path, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          'x-hasura-admin-secret': TEST_ADMIN_SECRET,
          ...(role === undefined ? {} : { 'x-hasura-role': role }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, json: await response.json() };
    },
    async close() {
      await http.close(200);
      await engine.close();
    },
  };
}
