import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '@tierline/postgres/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Session } from '../src/auth/session.ts';
import { createEngine } from '../src/engine.ts';
import type { Engine } from '../src/engine-types.ts';
import { EngineError, toGraphQLError } from '../src/errors.ts';
import { type OpenProject, openProject } from '../src/metadata/open-project.ts';
import { readProjectFolders } from '../src/metadata/read-config.ts';
import { applySeeds } from '../src/migrate/apply-migrations.ts';
import { sqlFolderOf } from '../src/migrate/read-migrations.ts';
import { schemaSettingsOf } from '../src/schema-settings.ts';
import { schemaOptions } from '../src/serving-state.ts';
import { migrateProject } from '../src/start-server.ts';

/**
 * Each folder is a whole project of a stranger's shape: it has to load as it is, migrate an empty database, and
 * answer the operations of its `operations.yaml`.
 */
interface Expectations {
  readonly settings?: Readonly<Record<string, string>>;
  /** What is told of at the start; nothing else is. */
  readonly warnings?: readonly string[];
  /** Versions that are applied, in order. */
  readonly migrations: readonly string[];
  /** Beginnings of what is inconsistent, `type name: reason`. */
  readonly inconsistent?: readonly string[];
  /** By role, parts of the SDL that are there, and with `not` those that are not. */
  readonly schema?: Readonly<Record<string, readonly (string | { readonly not: string })[]>>;
  readonly operations: readonly {
    readonly title: string;
    readonly role?: string;
    readonly session?: Readonly<Record<string, string>>;
    readonly query: string;
    readonly variables?: Record<string, unknown>;
    readonly response: unknown;
  }[];
}

const folder = new URL('./projects/', import.meta.url);

function sessionOf(role: string, session: Readonly<Record<string, string>> = {}): Session {
  const variables = Object.fromEntries(
    Object.entries(session).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const isAdmin = role === 'admin';
  return {
    role,
    variables: { 'x-hasura-role': role, ...variables },
    isAdmin,
    backendOnly: false,
    expiresAt: null,
  };
}

for (const name of readdirSync(folder)) {
  const path = fileURLToPath(new URL(name, folder));
  const expected = parse(readFileSync(`${path}/operations.yaml`, 'utf8')) as Expectations;

  describe(`the project ${name}`, () => {
    let engine: Engine;
    let project: OpenProject;
    let applied: readonly string[];
    const warnings: string[] = [];

    beforeAll(async () => {
      const database = await createTestDatabase({ migrated: false });
      const environment = { ...expected.settings, HASURA_GRAPHQL_DATABASE_URL: database.url };
      project = await openProject(path, database.url, environment);
      warnings.push(...project.warnings);
      applied = await migrateProject(project, (warning) => warnings.push(warning));
      const folders = await readProjectFolders(path);
      await applySeeds({
        databaseUrl: database.url,
        folder: sqlFolderOf(folders, 'seeds', project.databaseName),
      });
      engine = await createEngine({
        databaseUrl: database.url,
        metadata: project.metadata,
        environment,
        ...schemaOptions(schemaSettingsOf(environment)),
      });
    });
    afterAll(() => engine?.close());

    it('loads as it is, and tells what of it counts for nothing', () => {
      expect(warnings).toEqual((expected.warnings ?? []).map((part) => expect.stringContaining(part)));
    });

    it('migrates an empty database', () => {
      expect(applied.map((migration) => migration.split('_')[0])).toEqual(expected.migrations);
    });

    it('is consistent but for what cannot be', () => {
      const found = engine.inconsistencies.map(
        ({ type, name: what, reason }) => `${type} ${what}: ${reason}`,
      );
      expect(found).toEqual((expected.inconsistent ?? []).map((part) => expect.stringContaining(part)));
    });

    for (const [role, parts] of Object.entries(expected.schema ?? {})) {
      it(`shows ${role} the schema that the reference shows`, () => {
        const sdl = engine.printSchema(role).replaceAll(/"""[\s\S]*?"""\n\s*/g, '');
        const wrong = parts.filter((part) =>
          typeof part === 'string' ? !sdl.includes(part) : sdl.includes(part.not),
        );
        expect(wrong).toEqual([]);
      });
    }

    for (const { title, role = 'admin', session, query, variables, response } of expected.operations) {
      it(title, async () => {
        const request = { query, ...(variables ? { variables } : {}) };
        const answer = await engine
          .execute(request, sessionOf(role, session), { headers: {}, requestId: 'project' })
          .then(({ body }) => JSON.parse(body) as unknown)
          .catch((error: unknown) => {
            if (error instanceof EngineError) return { errors: [toGraphQLError(error, false)] };
            throw error;
          });
        expect(answer).toEqual(response);
      });
    }
  });
}
