import type { Session } from '../auth/session.ts';
import { EngineError } from '../errors.ts';
import type { Metadata } from '../metadata/types.ts';
import { LruCache } from '../request/lru-cache.ts';
import { normaliseQuery } from '../request/normalise-query.ts';

/** Who may run a query: everybody, or the roles that its collections are listed for. */
type Audience = 'everybody' | ReadonlySet<string>;

/** Texts that were found allowed already, as clients send the same few over and over; longer ones are compared anew. */
const maxTexts = 1000;
const maxTextLength = 10_000;

/**
 * The operations that roles other than admin may run (`HASURA_GRAPHQL_ENABLE_ALLOWLIST`). A collection with a
 * scope of roles counts for these alone; the reference's free edition leaves such collections out.
 */
export class AllowList {
  readonly #audiences: ReadonlyMap<string, Audience>;
  readonly #byText = new LruCache<Audience>(maxTexts);

  constructor(metadata: Pick<Metadata, 'allowlist' | 'query_collections'>) {
    this.#audiences = collectAudiences(metadata);
  }

  /** Refuses an operation that is on no list of the session's role; introspection is no exception. */
  check(query: string, session: Session): void {
    if (session.isAdmin) return;
    const audience = this.#audienceOf(query);
    if (audience === 'everybody' || audience.has(session.role)) return;
    throw new EngineError('validation-failed', 'query is not allowed', {
      path: '$',
      internal: { message: 'query is not in any of the allowlists' },
    });
  }

  #audienceOf(query: string): Audience {
    const known = this.#byText.get(query);
    if (known !== undefined) return known;
    const audience = this.#audiences.get(normaliseQuery(query)) ?? nobody;
    if (audience !== nobody && query.length <= maxTextLength) this.#byText.set(query, audience);
    return audience;
  }
}

const nobody: ReadonlySet<string> = new Set();

function collectAudiences({
  allowlist = [],
  query_collections: collections = [],
}: Pick<Metadata, 'allowlist' | 'query_collections'>): ReadonlyMap<string, Audience> {
  const audiences = new Map<string, Audience>();
  for (const { collection: name, scope } of allowlist) {
    const queries = collections.find((collection) => collection.name === name)?.definition.queries ?? [];
    const roles = scope === undefined || scope.global ? null : (scope.roles ?? []);
    for (const { query } of queries) {
      const key = normaliseQuery(query);
      const before = audiences.get(key) ?? nobody;
      audiences.set(
        key,
        roles === null || before === 'everybody' ? 'everybody' : new Set([...before, ...roles]),
      );
    }
  }
  return audiences;
}
