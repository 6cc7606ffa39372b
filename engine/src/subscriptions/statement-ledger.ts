import { EngineError } from '../errors.ts';
import type { Bounds } from '../guards/bounds.ts';

/** Who follows a statement, and how many different ones are allowed. */
export interface Follower {
  readonly role: string;
  /** The user, or the address of whoever is not known. */
  readonly client: string;
  readonly bounds: Pick<Bounds, 'statementsPerRole' | 'statementsPerClient' | 'concurrentPerClient'>;
}

/**
 * Which statements are followed by which clients of which roles. Each is asked again and again for as long as somebody
 * follows it, so that the different ones are what subscriptions cost, however many follow the same.
 */
export class StatementLedger {
  readonly #byRole = new Map<string, Map<string, number>>();
  readonly #byClient = new Map<string, Map<string, number>>();

  /** Refuses a statement that would be one too many for the role or the client. One that they follow already is free. */
  check(statement: string, { role, client, bounds }: Follower): void {
    const ofRole = this.#byRole.get(role);
    if (ofRole && !ofRole.has(statement) && ofRole.size >= bounds.statementsPerRole) {
      throw refusal(
        `the subscriptions of this role may ask ${bounds.statementsPerRole} different statements`,
      );
    }
    const ofClient = this.#byClient.get(client);
    if (ofClient && !ofClient.has(statement) && ofClient.size >= bounds.statementsPerClient) {
      throw refusal(
        `the subscriptions of one client may ask ${bounds.statementsPerClient} different statements`,
      );
    }
  }

  /** Notes a follower until the function that is answered is called. */
  add(statement: string, { role, client }: Follower): () => void {
    const forgetters = [count(this.#byRole, role, statement), count(this.#byClient, client, statement)];
    return () => {
      for (const forget of forgetters.splice(0)) forget();
    };
  }
}

function refusal(what: string): EngineError {
  return new EngineError(
    'statement-limit-exceeded',
    `${what} at one time: end some subscriptions, or use variables instead of values in the text`,
    { path: '$' },
  );
}

function count(all: Map<string, Map<string, number>>, key: string, statement: string): () => void {
  const counts = all.get(key) ?? new Map<string, number>();
  all.set(key, counts);
  counts.set(statement, (counts.get(statement) ?? 0) + 1);
  return () => {
    const left = (counts.get(statement) ?? 1) - 1;
    if (left > 0) counts.set(statement, left);
    else counts.delete(statement);
    if (counts.size === 0 && all.get(key) === counts) all.delete(key);
  };
}
