import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createTestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Session } from '../src/auth/session.ts';
import { createEngine } from '../src/engine.ts';
import type { Engine } from '../src/engine-types.ts';
import { EngineError, toGraphQLError } from '../src/errors.ts';
import type { Metadata } from '../src/metadata/types.ts';
import { type StatementLog, watchStatements } from './watch-statements.ts';

/**
 * Each case is a YAML file: a role, a request, the exact answer. Beside it stands the SQL that the
 * engine sends for it. `UPDATE_CASES=1` writes the SQL files anew, to be reviewed as a diff.
 */
interface Case {
  readonly description: string;
  readonly role?: string;
  readonly session?: Readonly<Record<string, string>>;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly response: unknown;
  /** Rows to look at afterwards, as SQL and what it answers. */
  readonly then?: { readonly sql: string; readonly rows: unknown };
}

const folder = new URL('./', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');

function sessionOf({ role = 'admin', session = {} }: Case): Session {
  const variables = Object.fromEntries(
    Object.entries(session).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    role,
    variables: { 'x-hasura-role': role, ...variables },
    isAdmin: role === 'admin',
    backendOnly: false,
    expiresAt: null,
  };
}

async function answerOf(engine: Engine, testCase: Case): Promise<unknown> {
  try {
    const answer = await engine.execute(testCase, sessionOf(testCase), { headers: {}, requestId: 'case' });
    return JSON.parse(answer.body);
  } catch (error) {
    if (error instanceof EngineError) return { errors: [toGraphQLError(error, false)] };
    throw error;
  }
}

const topics = readdirSync(folder, { withFileTypes: true }).filter(
  (entry) => entry.isDirectory() && entry.name !== 'projects',
);

for (const topic of topics) {
  describe(topic.name, () => {
    let engine: Engine;
    let database: Awaited<ReturnType<typeof createTestDatabase>>;
    let statements: StatementLog;

    beforeAll(async () => {
      database = await createTestDatabase({ migrated: false });
      await database.query(read('schema.sql'));
      await database.query(read('rows.sql'));
      statements = watchStatements();
      engine = await createEngine({
        databaseUrl: database.url,
        metadata: parse(read('metadata.yaml')) as Metadata,
      });
    });
    beforeEach(async () => {
      if (topic.name === 'mutations' || topic.name === 'root-column') await database.query(read('rows.sql'));
      statements.clear();
    });
    afterAll(async () => {
      statements.stop();
      await engine.close();
    });

    const names = readdirSync(new URL(`${topic.name}/`, folder)).filter((name) => name.endsWith('.yaml'));
    for (const name of names) {
      const testCase = parse(read(`${topic.name}/${name}`)) as Case;
      it(`${name}: ${testCase.description}`, async () => {
        expect(await answerOf(engine, testCase)).toEqual(testCase.response);
        checkSql(`${topic.name}/${name.replace(/\.yaml$/, '.sql')}`, statements.texts());
        if (testCase.then) {
          const { rows } = await database.query(testCase.then.sql);
          expect(JSON.parse(JSON.stringify(rows))).toEqual(testCase.then.rows);
        }
      });
    }
  });
}

function checkSql(path: string, texts: readonly string[]): void {
  const sql = texts.map((text) => `${text};\n`).join('');
  const file = new URL(path, folder);
  if (process.env.UPDATE_CASES) {
    if (sql !== '') writeFileSync(file, sql);
  } else if (existsSync(file) || sql !== '')
    expect(sql).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
}
