import { join } from 'node:path';
import { z } from 'zod';
import { checkShape } from './check-shape.ts';
import { table, trackedFunction } from './schemas/sources.ts';
import type { LocatedValue, YamlReader } from './yaml-file.ts';

/**
 * The one source of metadata version 2, which knows no sources: its tables and functions, at the address of
 * `HASURA_GRAPHQL_DATABASE_URL`. Source: Hasura v2, "Upgrading to Hasura Migrations Config v3".
 */
export async function readOlderSource(reader: YamlReader, folder: string): Promise<LocatedValue> {
  const mounts: LocatedValue['mounts'][number][] = [];
  const take = async <Schema extends z.ZodType>(
    key: string,
    schema: Schema,
  ): Promise<z.output<Schema> | undefined> => {
    const located = await reader.readOptional(join(folder, `${key}.yaml`));
    if (!located) return undefined;
    for (const mount of located.mounts) mounts.push({ ...mount, at: [0, key, ...mount.at] });
    return checkShape(located, schema, reader);
  };
  const tables = await take('tables', z.array(table).nullish());
  const functions = await take('functions', z.array(trackedFunction).nullish());
  const source = {
    name: 'default',
    kind: 'postgres',
    configuration: { connection_info: { database_url: { from_env: 'HASURA_GRAPHQL_DATABASE_URL' } } },
    tables: tables ?? [],
    ...(functions && functions.length > 0 ? { functions } : {}),
  };
  return { value: [source], mounts };
}
