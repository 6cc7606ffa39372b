import { createAuthenticator } from '../auth/authenticate.ts';
import { type Config, readConfig } from '../config.ts';
import type { ConsoleFiles } from '../console/console-files.ts';
import { createMetrics } from '../create-metrics.ts';
import { EngineError } from '../errors.ts';
import { createHttpServer, type HttpServer, type ServedEngine } from '../http/server.ts';
import { type Log, silentLog } from '../log.ts';
import type { SubscriptionSink } from '../subscriptions/cohort.ts';

/** An engine whose answers a test writes, for what lies before and after execution. */
export class FakeEngine implements ServedEngine {
  readonly inconsistencies: ServedEngine['inconsistencies'] = [];
  readonly sinks: SubscriptionSink[] = [];
  stopped = 0;
  isDatabaseUp = true;
  writeProblem: string | null = null;
  /** Told when an operation named `slow` has come; it takes as long as this does. */
  onSlow: () => Promise<void> = async () => {};

  async execute(...[request, session, context]: Parameters<ServedEngine['execute']>) {
    if (request.query.includes('boom')) throw new TypeError('a secret of the inside');
    if (request.query.includes('refuse')) {
      throw new EngineError('constraint-violation', 'Uniqueness violation.', {
        path: '$.x',
        internal: { sql: 1 },
      });
    }
    if (request.query.includes('slow')) await this.onSlow();
    const cookie = request.query.includes('cookie') ? { setCookie: ['a=b; HttpOnly', 'c=d'] } : {};
    return {
      body: `{"data":${JSON.stringify({ role: session.role, variables: request.variables, id: context.requestId })}}`,
      ...cookie,
    };
  }

  async admit() {}

  findRestEndpoint() {
    return { kind: 'none' } as const;
  }

  async explain() {
    return [];
  }

  describeRest() {
    return {};
  }

  checkBatch(...[size]: Parameters<ServedEngine['checkBatch']>) {
    if (size > 3) throw new EngineError('batch-limit-exceeded', 'a batch may hold at most 3 operations');
  }

  operationType(...[request]: Parameters<ServedEngine['operationType']>) {
    if (request.query.includes('invalid')) {
      throw new EngineError('validation-failed', "field 'invalid' not found in type: 'query_root'", {
        path: '$.selectionSet.invalid',
      });
    }
    return request.query.startsWith('subscription') ? ('subscription' as const) : ('query' as const);
  }

  async subscribe(...[, , , sink]: Parameters<ServedEngine['subscribe']>) {
    this.sinks.push(sink);
    sink.next('{"data":{"n":0}}');
    return {
      stop: () => {
        this.stopped += 1;
      },
    };
  }

  async runMetadataRequest(...[body, session]: Parameters<ServedEngine['runMetadataRequest']>) {
    if (!session.isAdmin)
      throw new EngineError('access-denied', 'restricted access : admin only', { path: '$.args' });
    if ((body as { type?: string }).type !== 'refuse') return { received: body };
    throw new EngineError('conflict', 'not now', { path: '$.args', status: 409, internal: { why: 'other' } });
  }

  async findWriteProblem() {
    return this.writeProblem;
  }

  async ping() {
    if (!this.isDatabaseUp) throw new Error('connect ECONNREFUSED');
  }
}

/** The admin secret of servers in front of a fake engine. */
export const TEST_ADMIN_SECRET = 'the admin secret of the tests';

/** A server in front of a fake engine on a free port. */
export async function startFakeServer(
  environment: Readonly<Record<string, string>> = {},
  options: { log?: Log; consoleFiles?: ConsoleFiles } = {},
): Promise<{ url: string; engine: FakeEngine; config: Config; http: HttpServer }> {
  const engine = new FakeEngine();
  const config = await readConfig({
    HASURA_GRAPHQL_DATABASE_URL: 'postgres://localhost/none',
    HASURA_GRAPHQL_ADMIN_SECRET: TEST_ADMIN_SECRET,
    ...environment,
  });
  const log = options.log ?? silentLog;
  const http = createHttpServer({
    engine,
    authenticate: createAuthenticator(config, log),
    config,
    log,
    metrics: createMetrics(),
    ...(options.consoleFiles === undefined ? {} : { consoleFiles: options.consoleFiles }),
  });
  const port = await http.listen(0, '127.0.0.1');
  return { url: `http://127.0.0.1:${port}`, engine, config, http };
}
