import { EngineError } from '../errors.ts';
import { parseJson } from '../http/parse-json.ts';
import { ensureCliState } from '../migrate/cli-state.ts';
import { readName, readObject } from './arguments.ts';
import type { Operation, ReadOperation } from './types.ts';

const columns = { cli: 'cli_state', console: 'console_state' } as const;

/** `get_catalog_state`: what CLI and console have kept. */
export const getCatalogState: ReadOperation = async ({ database }) => {
  const [found] = await database.queryRow(
    { text: `SELECT (to_regclass('hdb_catalog.hdb_version') IS NOT NULL)::text` },
    [],
  );
  const rows =
    found === 'true'
      ? await database.queryRows(
          {
            text: `SELECT json_build_object('id', hasura_uuid, 'cli_state', cli_state,
              'console_state', console_state)::text FROM hdb_catalog.hdb_version`,
          },
          [],
        )
      : [];
  return parseJson(rows[0]?.[0] ?? '{"id": null, "cli_state": {}, "console_state": {}}');
};

/** `set_catalog_state`: replaces what one of the two keeps. */
export const setCatalogState: Operation = async ({ client }, args) => {
  const kind = readName(args, 'type');
  if (!Object.hasOwn(columns, kind)) {
    throw new EngineError('parse-failed', `expected "cli" or "console", but encountered "${kind}"`, {
      path: '$.type',
    });
  }
  const state = readObject(args.state, '$.state');
  await ensureCliState(client);
  await client.query(
    `UPDATE hdb_catalog.hdb_version SET ${columns[kind as keyof typeof columns]} = $1::jsonb`,
    [JSON.stringify(state)],
  );
  return { isQuiet: true };
};
