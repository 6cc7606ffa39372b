/** The engine in front of a test server, as a process of its own: the product as clients reach it. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createClient } from 'graphql-ws';
import { TEST_SECRET, type TestServer } from './test-server.ts';

/** The answer to a GraphQL request. */
export interface GraphQLAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly data: any;
  /** The code of the first error; undefined when all went well. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly extensions: Record<string, unknown> | undefined;
}

/** A running engine. */
export interface TestHasura {
  readonly url: string;
  /** Asks over HTTP with these headers. */
  ask(query: string, headers?: Record<string, string>, variables?: object): Promise<GraphQLAnswer>;
  /** The first answer of an operation over WebSocket, opened with these headers in `connection_init`. */
  askLive(query: string, headers?: Record<string, string>): Promise<GraphQLAnswer>;
  stop(): Promise<void>;
}

const ROOT = new URL('../../../', import.meta.url);

/** Starts the engine on the project's folder and the database of a server that was started with `migrated: false`. */
export async function startTestHasura(server: Pick<TestServer, 'url' | 'admin'>): Promise<TestHasura> {
  const child = fork(
    fileURLToPath(new URL('engine/bin/hasura-engine.js', ROOT)),
    ['serve', '--project', 'hasura', '--port', '0'],
    {
      cwd: fileURLToPath(ROOT),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        PATH: process.env.PATH,
        HASURA_GRAPHQL_DATABASE_URL: server.admin.url,
        HASURA_GRAPHQL_SERVER_HOST: '127.0.0.1',
        HASURA_GRAPHQL_ADMIN_SECRET: 'the admin secret of this test',
        HASURA_GRAPHQL_JWT_SECRET: JSON.stringify({
          jwk_url: `${server.url}/.well-known/jwks.json`,
          issuer: 'tierline',
          audience: 'tierline',
        }),
        HASURA_GRAPHQL_UNAUTHORIZED_ROLE: 'anonymous',
        ACTIONS_BASE_URL: server.url,
        ACTION_SECRET: TEST_SECRET,
        LOG_LEVEL: 'warn',
      },
    },
  );
  const [message] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error('the engine did not start');
    }),
  ])) as [{ port: number }];
  const address = `127.0.0.1:${message.port}/v1/graphql`;
  return {
    url: `http://${address}`,
    ask: async (query, headers = {}, variables = {}) => {
      const response = await fetch(`http://${address}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      return readAnswer(response.status, (await response.json()) as Body);
    },
    askLive: (query, headers = {}) => askLive(`ws://${address}`, query, headers),
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
}

function readAnswer(status: number, { data, errors }: Body): GraphQLAnswer {
  const [error] = errors ?? [];
  return {
    status,
    data,
    code: error && String(error.extensions?.code),
    message: error?.message,
    extensions: error?.extensions,
  };
}

/** A connection that is refused has no answer; its close reason stands in the message. */
function askLive(url: string, query: string, headers: Record<string, string>): Promise<GraphQLAnswer> {
  const client = createClient({ url, connectionParams: { headers }, retryAttempts: 0, lazy: true });
  return new Promise<GraphQLAnswer>((resolve) => {
    const refuse = (error: unknown) => {
      const errors = Array.isArray(error)
        ? error
        : [{ message: error instanceof Error ? error.message : String(Object(error).reason) }];
      resolve(readAnswer(0, { errors }));
    };
    client.subscribe(
      { query },
      {
        next: (result) => resolve(readAnswer(200, result as Body)),
        error: refuse,
        complete: () => undefined,
      },
    );
  }).finally(() => client.dispose());
}
