import type { Session } from '../auth/session.ts';
import type { Log } from '../log.ts';
import type { ActionMetadata } from '../metadata/types.ts';
import type { Environment } from '../webhook/environment.ts';

/** What a handler's call needs to know of the request around it. */
export interface ActionCall {
  readonly action: ActionMetadata;
  readonly input: Readonly<Record<string, unknown>>;
  readonly session: Pick<Session, 'variables'>;
  /** The client's headers in lower case. */
  readonly clientHeaders: Readonly<Record<string, string>>;
  /** The GraphQL text; null where there is none any more. */
  readonly requestQuery: string | null;
  readonly requestId: string;
  /** Throws an EngineError for an answer that does not fit the action's output type. */
  readonly checkOutput: (body: unknown) => void;
  /** Ends the call early. */
  readonly signal?: AbortSignal;
}

/** What calling handlers shares from call to call. */
export interface HandlerDeps {
  readonly environment: Environment;
  readonly log: Log;
  readonly counters: ActionCounters;
}

/** Figures over all calls since the start. */
export interface ActionCounters {
  calls: number;
  failures: number;
  requestBytes: number;
  responseBytes: number;
}

/** What a handler answered: its JSON and the cookies to pass on. */
export interface HandlerAnswer {
  readonly body: unknown;
  readonly setCookie: readonly string[];
}
