import { type CompactVerifyGetKey, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { Log } from '../log.ts';

/** How a published key set is fetched; tests shorten the times. */
export interface JwksTimes {
  /** How long a set counts as fresh when the answer does not say. */
  readonly defaultLifetimeMs: number;
  /** The least time between two fetches, whatever tokens or headers ask for. */
  readonly cooldownMs: number;
  readonly timeoutMs: number;
  /** Waits before the second, third … attempt of one fetch. */
  readonly retryDelaysMs: readonly number[];
}

const TIMES: JwksTimes = {
  defaultLifetimeMs: 60_000,
  cooldownMs: 1_000,
  timeoutMs: 5_000,
  retryDelaysMs: [100, 400],
};

const MAX_BYTES = 1024 * 1024;

/** A key set, and the number that changes whenever its keys do. */
export interface KeySet {
  readonly version: number;
  readonly find: CompactVerifyGetKey;
}

/**
 * The key set behind a `jwk_url`. It is fetched when a token first needs it and again when its time is up
 * (`Cache-Control: max-age` or `Expires`); the old keys serve while that happens, and while the publisher is away.
 */
export class Jwks {
  readonly #url: URL;
  readonly #log: Log;
  readonly #times: JwksTimes;
  #set: KeySet | null = null;
  #text = '';
  #freshUntil = 0;
  #nextFetchAt = 0;
  #fetching: Promise<void> | null = null;

  constructor(url: URL, log: Log, times: JwksTimes = TIMES) {
    this.#url = url;
    this.#log = log;
    this.#times = times;
  }

  /** The keys now known; null when the publisher has never answered. */
  async current(): Promise<KeySet | null> {
    if (this.#set === null) await this.refresh();
    else if (Date.now() >= this.#freshUntil) void this.refresh();
    return this.#set;
  }

  /** Fetches again unless that has just been done; all callers share one fetch. */
  async refresh(): Promise<void> {
    if (this.#fetching === null) {
      if (Date.now() < this.#nextFetchAt) return;
      this.#fetching = this.#fetch().finally(() => {
        this.#nextFetchAt = Date.now() + this.#times.cooldownMs;
        this.#fetching = null;
      });
    }
    await this.#fetching;
  }

  async #fetch(): Promise<void> {
    let problem = '';
    for (const delay of [0, ...this.#times.retryDelaysMs]) {
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      try {
        const response = await fetch(this.#url, {
          redirect: 'error',
          signal: AbortSignal.timeout(this.#times.timeoutMs),
        });
        if (!response.ok) throw new Error(`answered ${response.status}`);
        this.#accept(await readBounded(response), response.headers);
        return;
      } catch (thrown) {
        const { message, cause } = thrown as Error;
        problem = cause instanceof Error ? `${message}: ${cause.message}` : message;
      }
    }
    this.#log.event('jwk-refresh-log', 'error', { message: 'the key set cannot be fetched', problem });
  }

  #accept(text: string, headers: Headers): void {
    if (this.#set === null || text !== this.#text) {
      const find = createLocalJWKSet(JSON.parse(text) as JSONWebKeySet);
      this.#set = { version: (this.#set?.version ?? 0) + 1, find };
      this.#text = text;
    }
    this.#freshUntil = Date.now() + (readLifetimeMs(headers) ?? this.#times.defaultLifetimeMs);
  }
}

/** How long the publisher allows the answer to be kept; null when it does not say. */
export function readLifetimeMs(headers: Headers, now = Date.now()): number | null {
  const cacheControl = headers.get('cache-control')?.toLowerCase() ?? '';
  if (/\bno-(cache|store)\b/.test(cacheControl)) return 0;
  const maxAge = /\b(?:s-maxage|max-age)\s*=\s*"?(\d{1,9})/.exec(cacheControl)?.[1];
  if (maxAge !== undefined) return Number(maxAge) * 1000;
  const expires = Date.parse(headers.get('expires') ?? '');
  return Number.isNaN(expires) ? null : Math.max(0, expires - now);
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error(`answered more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
