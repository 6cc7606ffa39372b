import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from './engine-types.ts';
import { openPublishingHouse, sessionFor } from './testing/publishing-house.ts';

/**
 * Random filters, asked of the engine and of a few lines of JavaScript that know the rows by heart. Whatever is
 * asked, a role sees exactly its own rows that fit: SQL's three-valued logic included.
 */
const seed = Number(process.env.TIERLINE_SEED);
const numRuns = process.env.TIERLINE_LONG ? 5000 : 150;

interface Author {
  readonly id: number;
  readonly name: string;
  readonly isPublic: boolean;
}

interface Article {
  readonly id: number;
  readonly title: string;
  readonly authorId: number;
  readonly rating: number | null;
  readonly isPublished: boolean;
}

const authors: readonly Author[] = Array.from({ length: 6 }, (_, index) => ({
  id: index + 1,
  name: `author ${index + 1}`,
  isPublic: index % 3 !== 2,
}));
const articles: readonly Article[] = Array.from({ length: 60 }, (_, index) => ({
  id: index + 1,
  title: `title ${index % 7}`,
  authorId: (index % 6) + 1,
  rating: index % 4 === 0 ? null : (index % 9) + 1,
  isPublished: index % 5 !== 0,
}));
const authorOf = (article: Article): Author => authors[article.authorId - 1] as Author;

type Truth = boolean | null;
/** A filter as GraphQL takes it, with what it means for a row. */
interface Filter {
  readonly where: Record<string, unknown>;
  readonly holds: (row: Article) => Truth;
}

const not = (truth: Truth): Truth => (truth === null ? null : !truth);
const all = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true;
const any = (truths: readonly Truth[]): Truth => not(all(truths.map(not)));

type Value = number | string;
const comparisons: Readonly<Record<string, (left: Value, right: Value) => boolean>> = {
  _eq: (left, right) => left === right,
  _neq: (left, right) => left !== right,
  _gt: (left, right) => left > right,
  _lte: (left, right) => left <= right,
};

function compareColumn(
  column: string,
  read: (row: Article) => Value | null,
  values: fc.Arbitrary<Value>,
): fc.Arbitrary<Filter> {
  const single = fc.tuple(fc.constantFrom(...Object.keys(comparisons)), values).map(
    ([operator, value]): Filter => ({
      where: { [column]: { [operator]: value } },
      holds: (row) => {
        const left = read(row);
        return left === null ? null : (comparisons[operator]?.(left, value) ?? null);
      },
    }),
  );
  const list = fc.tuple(fc.boolean(), fc.array(values, { maxLength: 4 })).map(
    ([isIn, wanted]): Filter => ({
      where: { [column]: { [isIn ? '_in' : '_nin']: wanted } },
      holds: (row) => {
        const left = read(row);
        // An empty list is decided without looking at the value.
        if (wanted.length === 0) return !isIn;
        return left === null ? null : wanted.includes(left) === isIn;
      },
    }),
  );
  const isNull = fc.boolean().map(
    (wanted): Filter => ({
      where: { [column]: { _is_null: wanted } },
      holds: (row) => (read(row) === null) === wanted,
    }),
  );
  return fc.oneof(single, list, isNull);
}

/** Filters of a role; `seesAuthor` says whose rows the relationship leads to for it. */
function filters(hasRating: boolean, seesAuthor: (author: Author) => boolean): fc.Arbitrary<Filter> {
  const rating = compareColumn('rating', (row) => row.rating, fc.integer({ min: 0, max: 10 }));
  const throughAuthor = fc.integer({ min: 1, max: 6 }).map(
    (id): Filter => ({
      where: { author: { id: { _gt: id } } },
      holds: (row) => seesAuthor(authorOf(row)) && row.authorId > id,
    }),
  );
  const leaves = [
    compareColumn('id', (row) => row.id, fc.integer({ min: 0, max: 61 })),
    compareColumn('title', (row) => row.title, fc.constantFrom('title 0', 'title 3', "' or true --")),
    throughAuthor,
    ...(hasRating ? [rating] : []),
  ];
  return fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      ...leaves,
      tie('filter').map(
        (inner): Filter => ({ where: { _not: inner.where }, holds: (row) => not(inner.holds(row)) }),
      ),
      fc.array(tie('filter'), { maxLength: 3 }).map(
        (parts): Filter => ({
          where: { _and: parts.map((part) => part.where) },
          holds: (row) => all(parts.map((part) => part.holds(row))),
        }),
      ),
      fc.array(tie('filter'), { maxLength: 3 }).map(
        (parts): Filter => ({
          where: { _or: parts.map((part) => part.where) },
          holds: (row) => any(parts.map((part) => part.holds(row))),
        }),
      ),
    ),
  })).filter;
}

describe('random filters', () => {
  let engine: Engine;

  beforeAll(async () => {
    const house = await openPublishingHouse();
    engine = house.engine;
    await house.database.query('truncate author, article, reader_note restart identity cascade');
    await house.database.query(
      'insert into author (id, name, is_public) select * from json_to_recordset($1) as t(id int, name text, "isPublic" boolean)',
      [JSON.stringify(authors)],
    );
    await house.database.query(
      `insert into article (id, title, author_id, rating, is_published)
        select * from json_to_recordset($1) as t(id int, title text, "authorId" int, rating numeric, "isPublished" boolean)`,
      [JSON.stringify(articles)],
    );
  });
  afterAll(() => engine.close());

  async function idsOf(
    role: string,
    variables: Record<string, string>,
    where: unknown,
    limit: number,
    offset: number,
  ) {
    const query =
      'query ($where: article_bool_exp!, $limit: Int, $offset: Int) { article(where: $where, order_by: {id: desc}, limit: $limit, offset: $offset) { id } }';
    const answer = await engine.execute(
      { query, variables: { where, limit, offset } },
      sessionFor(role, variables),
      { headers: {}, requestId: 'oracle' },
    );
    return (JSON.parse(answer.body) as { data: { article: { id: number }[] } }).data.article.map(
      ({ id }) => id,
    );
  }

  const page = fc.tuple(fc.integer({ min: 0, max: 70 }), fc.integer({ min: 0, max: 20 }));
  const expected = (
    rows: (row: Article) => boolean,
    filter: Filter,
    limit: number,
    offset: number,
  ): number[] =>
    articles
      .filter((row) => rows(row) && filter.holds(row) === true)
      .map(({ id }) => id)
      .sort((left, right) => right - left)
      .slice(offset, offset + limit);

  it('show a reader published articles of public authors, two at most', async () => {
    const property = fc.asyncProperty(
      filters(false, (author) => author.isPublic),
      page,
      async (filter, [limit, offset]) => {
        const own = (row: Article) => row.isPublished && authorOf(row).isPublic;
        const ids = await idsOf('reader', {}, filter.where, limit, offset);
        expect(ids).toEqual(expected(own, filter, Math.min(limit, 2), offset));
      },
    );
    await fc.assert(property, { seed, numRuns });
  });

  it('show a writer its own articles and nobody else’s', async () => {
    const property = fc.asyncProperty(
      filters(true, () => true),
      page,
      fc.integer({ min: 1, max: 7 }),
      async (filter, [limit, offset], author) => {
        const variables = { 'x-hasura-author-id': String(author) };
        const ids = await idsOf('writer', variables, filter.where, limit, offset);
        expect(ids).toEqual(expected((row) => row.authorId === author, filter, limit, offset));
      },
    );
    await fc.assert(property, { seed, numRuns });
  });
});
