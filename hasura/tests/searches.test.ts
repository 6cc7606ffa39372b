import { createTestDatabase } from '@tierline/postgres/testing';
import { expect, it } from 'vitest';
import { searchForm } from '../../admin-ui/src/providers/filters.ts';

/** Letters that compose, fold, or look like something else, and plain ones between them. */
const LETTERS = 'aZ 5%_\\éÉÅñßẞıİŁłσςΣΩﬁ½Ⅻǆẛ\u0301\u0307\u0323\u212B\u1E9E한日🍮ﷺ';

/** The same in each run with the same seed. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it('the console and the database bring texts into the same form before they compare', async () => {
  const database = await createTestDatabase({ migrated: true });
  const random = createRandom(Number(process.env.TIERLINE_SEED));
  const letters = [...LETTERS];
  const texts = Array.from({ length: process.env.TIERLINE_LONG ? 20_000 : 500 }, () =>
    Array.from(
      { length: Math.floor(random() * 12) },
      () => letters[Math.floor(random() * letters.length)],
    ).join(''),
  );
  const { rows } = await database.query<{ form: string }>(
    'select private.search_form(t) as form from unnest($1::text[]) with ordinality u(t, n) order by n',
    [texts],
  );
  expect(rows.map(({ form }) => form)).toEqual(texts.map(searchForm));
});

it('an index finds the words of a request and the name of a vendor', async () => {
  const database = await createTestDatabase({ migrated: true });
  const pool = database.pool({ max: 1 });
  await pool.query(
    "insert into vendors (name, slug, email, tier) select 'v' || n, 'v' || n, 'v' || n || '@example.com', 1 from generate_series(1, 5000) n",
  );
  await pool.query('analyze vendors');
  await pool.query('set enable_seqscan = off');
  const plan = async (sql: string) =>
    (await pool.query<{ 'QUERY PLAN': string }>(`explain ${sql}`)).rows
      .map((row) => row['QUERY PLAN'])
      .join('\n');
  expect(
    await plan(
      "select r.id from tier_upgrade_requests r where public.tier_upgrade_requests_search_text(r) like '%istanbul%'",
    ),
  ).toContain('tier_upgrade_requests_words');
  expect(
    await plan("select v.id from vendors v where public.vendors_search_name(v) like '%istanbul%'"),
  ).toContain('vendors_search_name');
});
