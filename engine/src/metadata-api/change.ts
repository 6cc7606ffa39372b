import type pg from 'pg';
import type { Catalog } from '../catalog/types.ts';
import { EngineError } from '../errors.ts';
import { type Queryable, queryableOf } from '../execute/pool.ts';
import { cloneJson } from '../json/json-values.ts';
import { formatPath } from '../metadata/mistakes.ts';
import { findUnsupported } from '../metadata/supported.ts';
import type { Metadata } from '../metadata/types.ts';
import type { ServingState } from '../serving-state.ts';
import type { Inconsistency } from '../source/types.ts';
import { findTransformProblems } from '../webhook/transform/check-transforms.ts';
import { refuseMisshapen } from './check-changed.ts';
import { refuseOtherSource } from './draft.ts';
import {
  type MetadataDraft,
  type Operation,
  type OperationArgs,
  type OperationOutcome,
  success,
} from './types.ts';

/** Builds the state of some metadata, reading the database over the given connection. */
export type BuildState = (
  database: Queryable,
  metadata: Metadata,
  catalog?: Catalog,
) => Promise<ServingState>;

/**
 * Makes the database hold what a state needs, such as the SQL triggers of its event triggers: in the transaction
 * of `client`, or in one of its own.
 */
export type InstallState = (
  next: ServingState,
  before: ServingState,
  client?: pg.ClientBase,
) => Promise<void>;

/**
 * The operations of one request on their way: each works on what the one before left, all in one transaction
 * that the caller commits or rolls back.
 */
export class Change {
  readonly client: pg.ClientBase;
  readonly database: Queryable;
  readonly #host: { readonly build: BuildState; readonly install: InstallState };
  #state: ServingState;
  #isLoud = false;
  #isRenewed = false;
  #isSpoilt = false;
  #isScheduling = false;

  constructor(
    client: pg.ClientBase,
    base: ServingState,
    host: { readonly build: BuildState; readonly install: InstallState },
  ) {
    this.client = client;
    this.database = queryableOf(client);
    this.#state = base;
    this.#host = host;
  }

  /** What is to be served once the transaction is committed. */
  get state(): ServingState {
    return this.#state;
  }

  /** Whether other engines have to hear of it. */
  get isLoud(): boolean {
    return this.#isLoud;
  }

  /** Whether the request spoke of metadata as such, so that clients should start over with the new schema. */
  get isRenewed(): boolean {
    return this.#isRenewed;
  }

  /** Whether the connection must not be used again. */
  get isSpoilt(): boolean {
    return this.#isSpoilt;
  }

  /** Whether an event has been put on the schedule. */
  get isScheduling(): boolean {
    return this.#isScheduling;
  }

  /** Undoes what the work did when it fails, so that others can go on. */
  async apart<T>(work: () => Promise<T>): Promise<T> {
    const state = this.#state;
    await this.client.query('SAVEPOINT operation');
    try {
      const result = await work();
      await this.client.query('RELEASE SAVEPOINT operation');
      return result;
    } catch (error) {
      await this.client.query('ROLLBACK TO SAVEPOINT operation');
      this.#state = state;
      throw error;
    }
  }

  /** Runs one operation; answers its JSON. */
  async apply(operation: Operation, args: OperationArgs): Promise<unknown> {
    const before = this.#state;
    refuseOtherSource(before.metadata.sources, args);
    const draft = cloneJson(before.metadata) as MetadataDraft;
    const { catalog, inconsistencies } = before;
    const outcome = await operation({ draft, catalog, inconsistencies, client: this.client }, args);
    if (outcome.spoilsConnection) this.#isSpoilt = true;
    if (outcome.isScheduling) this.#isScheduling = true;
    const metadata = outcome.replacement ?? (draft as Metadata);
    const isChanged = JSON.stringify(metadata) !== JSON.stringify(before.metadata);
    if (isChanged) {
      refuseMisshapen(before.metadata, metadata, outcome.replacement !== undefined);
      refuseUnsupported(metadata);
      if (outcome.replacement === undefined) await refuseNewTransforms(before.metadata, metadata);
    }
    if (isChanged || outcome.catalogChanged) {
      const known = outcome.catalogChanged ? undefined : catalog;
      this.#state = await this.#host.build(this.database, metadata, known);
      refuseInconsistencies(outcome, before.inconsistencies, this.#state.inconsistencies);
      await this.#host.install(this.#state, before, this.client);
    }
    const isQuiet = outcome.isQuiet === true && !isChanged;
    if (!isQuiet) this.#isRenewed = true;
    if (!isQuiet || this.#state.catalog.fingerprint !== catalog.fingerprint) this.#isLoud = true;
    return outcome.answerFrom?.(this.#state.inconsistencies) ?? outcome.answer ?? success;
  }
}

/** What the engine does not do is refused here as it is in a project folder, never ignored. */
export function refuseUnsupported(metadata: Metadata): void {
  const [first] = findUnsupported(metadata as unknown as Record<string, unknown>);
  if (!first) return;
  throw new EngineError('not-supported', `${formatPath(first.path)}: ${first.message}`, { path: '$.args' });
}

/** A command brings no template that cannot be used; one that is there already makes its holder inconsistent. */
async function refuseNewTransforms(before: Metadata, after: Metadata): Promise<void> {
  const found = await findTransformProblems(after);
  if (found.size === 0) return;
  const known = new Set((await findTransformProblems(before)).values());
  for (const problem of found.values()) {
    if (!known.has(problem)) throw new EngineError('parse-failed', problem, { path: '$.args' });
  }
}

function refuseInconsistencies(
  { refuses = 'new', subject }: OperationOutcome,
  before: readonly Inconsistency[],
  after: readonly Inconsistency[],
): void {
  const wrong = after.filter(({ entity }) => entity === undefined);
  if (refuses === 'all' && wrong.length > 0) {
    throw new EngineError('unexpected', 'cannot continue due to inconsistent metadata', {
      path: '$.args',
      internal: wrong,
    });
  }
  if (refuses !== 'new') return;
  const known = new Set(before.map(({ name }) => name));
  const found = after.filter(({ name, entity }) => entity === undefined && !known.has(name));
  const [first] = found;
  if (!first) return;
  if (subject === null) {
    throw new EngineError('unexpected', 'cannot continue due to newly found inconsistent metadata', {
      path: '$.args',
      status: 500,
      internal: found,
    });
  }
  const own = subject === undefined ? found : found.filter(({ name }) => name === subject);
  if (own.length === 0) {
    throw new EngineError('unexpected', 'cannot continue due to new inconsistent metadata', {
      path: '$.args',
      internal: found,
    });
  }
  const reason = subject === undefined ? first.reason : own.map((object) => object.reason).join(', ');
  throw new EngineError('invalid-configuration', reason, { path: '$.args', internal: own });
}
