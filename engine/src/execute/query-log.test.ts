import { expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { openPublishingHouse, sessionFor } from '../testing/publishing-house.ts';

type Line = { type: string; detail: Record<string, unknown> };

/** What is logged of some operations at a level. */
async function linesAt(level: 'info' | 'debug', types: string[], ...requests: string[]): Promise<Line[]> {
  const lines: Line[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  const log = createLog({ level, types, format: 'json', destination });
  const { engine } = await openPublishingHouse({}, { log });
  const variables = { name: 'hunter2' };
  for (const query of requests) {
    const given = query.includes('$name') ? variables : null;
    await engine.execute({ query, variables: given }, sessionFor('admin'), { headers: {}, requestId: 'r1' });
  }
  await engine.close();
  return lines;
}

const read =
  'query Find($name: String!) { author(where: {name: {_eq: $name}, email: {_neq: "secret"}}) { id } }';
const write = `mutation { insert_author_one(object: {id: 50, name: "secret"}) { id articles { id } }
  update_article(where: {title: {_eq: "secret"}}, _set: {content: "secret"}) { affected_rows } }`;

it('the query log tells the SQL of operations at level debug, never a value', async () => {
  const lines = await linesAt('debug', ['query-log'], read, write);
  expect(lines).toMatchObject([
    {
      type: 'query-log',
      detail: {
        request_id: 'r1',
        kind: 'query',
        operation_name: 'Find',
        generated_sql: [expect.stringMatching(/SELECT .*"author".*\$1/s)],
      },
    },
    { detail: { kind: 'mutation', operation_name: null } },
  ]);
  expect(lines[1]?.detail.generated_sql).toEqual(
    expect.arrayContaining([
      expect.stringContaining('INSERT INTO "public"."author"'),
      expect.stringContaining('UPDATE "public"."article"'),
    ]),
  );
  expect(JSON.stringify(lines)).not.toMatch(/hunter2|secret/);
});

it('it is shorter at level info, and silent unless it is asked for', async () => {
  const [line] = await linesAt('info', ['query-log'], read);
  expect(line?.detail).toEqual({ request_id: 'r1', kind: 'query', operation_name: 'Find' });
  expect(await linesAt('debug', ['http-log'], read)).toEqual([]);
});
