/** The product without its UIs, as clients reach it: the engine in front of a test server. */

import { bearerOf, createAdmin, openFeature, type TestAdmin, type TestVendor } from './people.ts';
import { type GraphQLAnswer, startTestHasura, type TestHasura } from './test-hasura.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** What runs, with the feature on and one administrator. */
export interface TestProduct {
  readonly server: TestServer;
  readonly hasura: TestHasura;
  readonly admin: TestAdmin;
  /** Asks over HTTP as somebody who is signed in. */
  as(person: TestVendor | TestAdmin, query: string): Promise<GraphQLAnswer>;
  stop(): Promise<void>;
}

/** Starts all of it on a database of its own; the caller stops it. */
export async function startTestProduct(env: Record<string, string> = {}): Promise<TestProduct> {
  const server = await startTestServer({ migrated: false, env });
  const hasura = await startTestHasura(server);
  await openFeature(server.admin);
  return {
    server,
    hasura,
    admin: await createAdmin(server.admin),
    as: async (person, query) => hasura.ask(query, await bearerOf(server.config, person)),
    stop: async () => {
      await hasura.stop();
      await server.stop();
    },
  };
}
