import { VendorsNamedDocument } from '../gql/graphql.ts';
import { anywhere, searchWords } from './filters.ts';
import type { GraphQLClient } from './graphql-client.ts';

type Condition = Readonly<Record<string, unknown>>;

/** With more vendors than these of that name, rows of theirs are found soon in any order. */
const FEW = 200;
const MEMORY = 10_000;

/** What was looked up last, for the other parts of a screen that search for the same. */
const latest = new WeakMap<GraphQLClient, { words: string; at: number; condition: Promise<Condition> }>();

/**
 * The condition that a row belongs to a vendor whose name holds the words. Where few vendors do, they are named by their
 * ids, since of "this vendor, or these words" each half can be found by an index only if neither is a look into another
 * table.
 * @returns undefined without words
 */
export async function withVendorsNamed(
  client: GraphQLClient,
  typed: string | undefined,
): Promise<Condition | undefined> {
  const words = searchWords(typed);
  if (words === '') return undefined;
  const known = latest.get(client);
  if (known && known.words === words && Date.now() - known.at < MEMORY) return known.condition;
  const condition = lookUp(client, words);
  latest.set(client, { words, at: Date.now(), condition });
  // What could not be looked up is asked for again.
  condition.catch(() => latest.delete(client));
  return condition;
}

async function lookUp(client: GraphQLClient, words: string): Promise<Condition> {
  const name = anywhere(words);
  const { vendors } = await client.run(VendorsNamedDocument, { where: { name }, limit: FEW + 1 });
  return vendors.length > FEW
    ? { vendor: { name } }
    : { vendor_id: { _in: vendors.map((vendor) => vendor.id) } };
}
