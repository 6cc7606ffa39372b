import { VendorsNamedDocument } from '../gql/graphql.ts';
import { anywhereInForm, searchWords } from './filters.ts';
import type { GraphQLClient } from './graphql-client.ts';

type Condition = Readonly<Record<string, unknown>>;

/** With more vendors than these of that name, rows of theirs are found soon in any order. */
const FEW = 200;
const MEMORY = 10_000;
const WORDS_REMEMBERED = 20;

interface LookUp {
  readonly at: number;
  readonly condition: Promise<Condition>;
}

/** What was looked up lately, by words, for the other parts of a screen that search for the same. */
const memories = new WeakMap<GraphQLClient, Map<string, LookUp>>();

/**
 * The condition that a row belongs to a vendor whose name holds the words. Where few vendors do, they are named by their
 * ids, since of "this vendor, or these words" each half can be found by an index only if neither is a look into another
 * table.
 * @param maxAge how old, in ms, an answer may be that is given again
 * @returns undefined without words
 */
export async function withVendorsNamed(
  client: GraphQLClient,
  typed: string | undefined,
  maxAge = MEMORY,
): Promise<Condition | undefined> {
  const words = searchWords(typed);
  if (words === '') return undefined;
  const memory = memories.get(client) ?? new Map<string, LookUp>();
  memories.set(client, memory);
  const known = memory.get(words);
  if (known && Date.now() - known.at < maxAge) return known.condition;
  const condition = lookUp(client, words);
  memory.delete(words);
  memory.set(words, { at: Date.now(), condition });
  const oldest = memory.keys().next().value;
  if (oldest !== undefined && memory.size > WORDS_REMEMBERED) memory.delete(oldest);
  // What could not be looked up is asked for again.
  condition.catch(() => memory.delete(words));
  return condition;
}

async function lookUp(client: GraphQLClient, words: string): Promise<Condition> {
  const named = { search_name: anywhereInForm(words) };
  const { vendors } = await client.run(VendorsNamedDocument, { where: named, limit: FEW + 1 });
  return vendors.length > FEW
    ? { vendor: named }
    : { vendor_id: { _in: vendors.map((vendor) => vendor.id) } };
}
