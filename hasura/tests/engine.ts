import { createEngine, type Engine, EngineError, readMetadata, type Session } from '@tierline/engine';
import { PROJECT } from './project.ts';

/** An answer as a client sees it: data, or the code and message of the first error. */
export interface Answer {
  readonly data?: Record<string, unknown>;
  readonly code?: string;
  readonly message?: string;
}

/** The project served on a test database, with the environment that its metadata reads. */
export async function serveProject(databaseUrl: string): Promise<Engine> {
  return createEngine({
    databaseUrl,
    metadata: await readMetadata(PROJECT),
    environment: {
      HASURA_GRAPHQL_DATABASE_URL: databaseUrl,
      ACTIONS_BASE_URL: 'http://127.0.0.1:9',
      ACTION_SECRET: 'never sent in these tests',
    },
    maxConnections: 4,
  });
}

/** The session of somebody's token. */
export function sessionOf(role: string, variables: Readonly<Record<string, string>> = {}): Session {
  return {
    role,
    variables: { 'x-hasura-role': role, ...variables },
    isAdmin: false,
    backendOnly: false,
    expiresAt: null,
  };
}

/** Asks as that session. */
export async function ask(
  engine: Engine,
  session: Session,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> {
  try {
    const { body } = await engine.execute({ query, variables }, session, { headers: {}, requestId: 'test' });
    return JSON.parse(body) as Answer;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { code: error.code, message: error.message };
  }
}

/** Ids of the demo data. */
export const vendorId = (n: number): string => `10000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const userId = (n: number): string => `20000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** The user of a demo vendor. */
export const vendorSession = (n: number): Session =>
  sessionOf('vendor', { 'x-hasura-user-id': userId(n), 'x-hasura-vendor-id': vendorId(n) });
