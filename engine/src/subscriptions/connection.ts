import { randomUUID } from 'node:crypto';
import { CloseCode } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Session } from '../auth/session.ts';
import type { Config } from '../config.ts';
import type { Engine } from '../engine-types.ts';
import { asEngineError, EngineError } from '../errors.ts';
import { guarded, heardElsewhere } from '../guarded.ts';
import { type Bounds, boundsOf } from '../guards/bounds.ts';
import { addressGroup, clientKey } from '../guards/client-key.ts';
import { showsInternal } from '../http/graphql-route.ts';
import { toGraphQLRequest } from '../http/read-graphql-request.ts';
import { readRequestId } from '../http/request-context.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { GraphQLRequest } from '../request/parse-document.ts';
import type { AddressCounter } from './address-counter.ts';
import { Outbox } from './outbox.ts';
import {
  BadMessage,
  type ClientMessage,
  type Closing,
  encodeFailedResult,
  type Protocol,
  readMessage,
} from './protocols.ts';
import type { Turns } from './turns.ts';

/** What a connection needs of the engine around it. */
export interface ConnectionDeps {
  readonly engine: Pick<Engine, 'execute' | 'admit' | 'subscribe' | 'operationType'>;
  readonly authenticate: Authenticate;
  readonly config: Pick<
    Config,
    'bounds' | 'isDevMode' | 'showsInternalErrorsToAdmin' | 'webSocketInitTimeoutSeconds'
  >;
  /** Open sockets by address and role. */
  readonly counter: AddressCounter;
  /** For the planning of operations. */
  readonly turns: Turns;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Found while an operation is planned, with the session at hand: to the client it was refused, it never ran. */
const PLANNING_CODES: ReadonlySet<string> = new Set([
  'validation-failed',
  'parse-failed',
  'not-found',
  'bad-request',
]);
/** Messages that may have come in together with `connection_init`, to wait until it is authenticated. */
const MAX_EARLY_MESSAGES = 1000;
/** Far above what any honest client runs at once on one socket, whatever its role may. */
const MAX_OPERATIONS = 1000;
/** So many operations may wait to be planned; the rest waits on the wire. */
const MAX_STARTING = 16;
/** RFC 6455, 7.4.1: something on our side that the request did not foresee. Clients come back after it. */
const INTERNAL_ERROR = 1011;
/** IANA's registry of WebSocket close codes: come back when there is room. */
const TRY_AGAIN_LATER = 1013;
/** The longest time that `setTimeout` can wait. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** As what a socket counts whose client has not said yet who it is. */
export const UNKNOWN_ROLE = '';

/** What the opening request told of the client. */
export interface WebSocketClient {
  readonly headers: Readonly<Record<string, string>>;
  readonly ip: string;
}

interface RunningOperation {
  stop(): void;
}

/** One WebSocket from its opening to its close: who it is, and which operations run on it. */
export class Connection {
  readonly #socket: WebSocket;
  readonly #protocol: Protocol;
  readonly #deps: ConnectionDeps;
  readonly #client: WebSocketClient;
  readonly #id = randomUUID();
  readonly #outbox: Outbox;
  readonly #operations = new Map<string, RunningOperation>();
  readonly #initTimer: NodeJS.Timeout;
  #expiryTimer: NodeJS.Timeout | undefined;
  /** Counts this socket no longer. */
  #uncount: () => void;
  #starting = 0;
  #isPaused = false;
  #state: 'new' | 'initialising' | 'ready' | 'failed' | 'closed' = 'new';
  #initProblem = '';
  #early: ClientMessage[] = [];
  #session: Session | null = null;
  #headers: Readonly<Record<string, string>> = {};

  constructor(socket: WebSocket, protocol: Protocol, client: WebSocketClient, deps: ConnectionDeps) {
    this.#socket = socket;
    this.#protocol = protocol;
    this.#deps = deps;
    this.#client = client;
    this.#outbox = new Outbox(
      socket,
      () => deps.metrics.droppedStates.inc(),
      () => this.#regulate(),
    );
    this.#uncount = deps.counter.add(addressGroup(client.ip), UNKNOWN_ROLE);
    this.#initTimer = setTimeout(
      guarded(
        () =>
          this.close({
            code: CloseCode.ConnectionInitialisationTimeout,
            reason: 'Connection initialisation timeout',
          }),
        this.fail,
      ),
      deps.config.webSocketInitTimeoutSeconds * 1000,
    );
    socket.on(
      'message',
      guarded((data, isBinary) => this.#receive(data, isBinary), this.fail),
    );
    socket.on(
      'close',
      guarded(() => this.#end(), this.fail),
    );
    // A broken connection is closed by the library right after; there is nobody left to tell.
    socket.on('error', heardElsewhere);
    this.#logEvent('info', { type: 'accepted' });
  }

  /** Ends this socket after a mistake of our own, which is written down; the others go on. */
  readonly fail = (error: Error): void => {
    this.#report(error);
    this.#end();
    this.#socket.close(INTERNAL_ERROR, 'Internal server error');
  };

  /** Sends the protocol's own sign of life to an initialised client. */
  keepAlive(): void {
    if (this.#state === 'ready') this.#outbox.send(this.#protocol.keepAlive);
  }

  close(closing: Closing): void {
    this.#socket.close(closing.code, closing.reason);
  }

  #receive(data: RawData, isBinary: boolean): Promise<void> | undefined {
    if (this.#isClosed()) return;
    let message: ClientMessage;
    try {
      if (isBinary) throw new BadMessage('the message is not text');
      const bounds = this.#bounds();
      const text = data.toString();
      if (text.length > bounds.bodyBytes) {
        throw new BadMessage(`the message is larger than ${bounds.bodyBytes} bytes`);
      }
      message = readMessage(this.#protocol, text, bounds.jsonDepth);
    } catch (thrown) {
      if (!(thrown instanceof BadMessage)) throw thrown;
      this.#logEvent('error', { type: 'connection_error', detail: thrown.message });
      const { message: answer, closing } = this.#protocol.badMessage(thrown.message);
      if (answer !== null) this.#outbox.send(answer);
      if (closing !== null) this.close(closing);
      return;
    }
    if (this.#state !== 'initialising') {
      const outcome = this.#handle(message);
      this.#regulate();
      return outcome;
    }
    if (this.#early.length < MAX_EARLY_MESSAGES) this.#early.push(message);
    else
      this.close({
        code: CloseCode.BadRequest,
        reason: 'Too many messages before the connection is initialised',
      });
  }

  /** Does what a message asks for; of what takes longer, the promise. */
  #handle(message: ClientMessage): Promise<void> | undefined {
    switch (message.kind) {
      case 'init':
        return this.#initialise(message.headers);
      case 'start':
        return this.#start(message.id, message.payload);
      case 'stop':
        this.#stop(message.id);
        return;
      case 'ping': {
        const pong = this.#protocol.pong(message.payload);
        if (pong !== null) this.#outbox.send(pong);
        return;
      }
      case 'pong':
        return;
      case 'terminate':
        this.close({ code: 1000, reason: '' });
    }
  }

  async #initialise(initHeaders: Readonly<Record<string, string>>): Promise<void> {
    if (this.#state !== 'new') {
      this.close({
        code: CloseCode.TooManyInitialisationRequests,
        reason: 'Too many initialisation requests',
      });
      return;
    }
    this.#state = 'initialising';
    this.#regulate();
    clearTimeout(this.#initTimer);
    this.#headers = { ...this.#client.headers, ...initHeaders };
    try {
      const session = await this.#deps.authenticate(this.#headers);
      if (!this.#isClosed()) this.#countAs(session.role);
      this.#session = session;
    } catch (thrown) {
      const error = this.#report(thrown);
      if (this.#isClosed()) return;
      this.#state = 'failed';
      this.#regulate();
      this.#initProblem = error.message;
      const { message, closing: refusal } = this.#protocol.initFailed(error);
      const closing = error.status === 429 ? { ...refusal, code: TRY_AGAIN_LATER } : refusal;
      this.#logEvent('error', { type: 'connection_error', detail: error.message });
      if (message !== null) this.#outbox.send(message);
      this.close(closing);
      return;
    }
    if (this.#isClosed()) return;
    this.#state = 'ready';
    this.#regulate();
    for (const message of this.#protocol.acknowledgement) this.#outbox.send(message);
    this.#watchExpiry(this.#session);
    const early = this.#early;
    this.#early = [];
    await Promise.all(early.map((message) => this.#handle(message)));
  }

  /** The bounds of the client's role; those of roles that are not named while nobody knows who it is. */
  #bounds(): Bounds {
    const { bounds } = this.#deps.config;
    return this.#session === null ? bounds.fallback : boundsOf(bounds, this.#session.role);
  }

  /** From now on this is a socket of a role; refuses one too many for its address. */
  #countAs(role: string): void {
    const { counter, config } = this.#deps;
    const group = addressGroup(this.#client.ip);
    const { socketsPerAddress } = boundsOf(config.bounds, role);
    if (counter.of(group, role) >= socketsPerAddress) {
      throw new EngineError(
        'socket-limit-exceeded',
        `no more than ${socketsPerAddress} sockets of this role at one address: close some, or share one`,
        { status: 429 },
      );
    }
    this.#uncount();
    this.#uncount = counter.add(group, role);
  }

  /** Lets what the client sends wait on the wire while there is enough to do for it, or nobody knows who it is. */
  #regulate(): void {
    const isPaused =
      this.#state === 'initialising' ||
      (this.#state === 'ready' && (this.#starting >= MAX_STARTING || this.#outbox.isSlow));
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#socket.pause();
    else this.#socket.resume();
  }

  /** Whether it does not listen because its client is slow to take what it was sent. */
  get isWaitingForClient(): boolean {
    return this.#isPaused && this.#outbox.isSlow;
  }

  /** Whatever was allowed by a token ends with it. */
  #watchExpiry(session: Session): void {
    if (session.expiresAt === null) return;
    const remaining = session.expiresAt - Date.now();
    this.#expiryTimer = setTimeout(
      guarded(() => {
        if (remaining > MAX_TIMER_MS) this.#watchExpiry(session);
        else this.close({ code: CloseCode.Forbidden, reason: 'Could not verify JWT: JWTExpired' });
      }, this.fail),
      Math.min(Math.max(remaining, 0), MAX_TIMER_MS),
    );
  }

  async #start(id: string, payload: unknown): Promise<void> {
    const session = this.#session;
    if (this.#state !== 'ready' || session === null) {
      this.#refuseStart(
        id,
        this.#protocol.notInitialised,
        this.#state === 'failed'
          ? `cannot start as connection_init failed with : ${this.#initProblem}`
          : 'start received before the connection is initialised',
      );
      return;
    }
    if (this.#operations.has(id)) {
      this.#refuseStart(
        id,
        this.#protocol.duplicateId?.(id) ?? null,
        `an operation already exists with this id: ${id}`,
      );
      return;
    }
    const most = Math.min(MAX_OPERATIONS, this.#bounds().subscriptionsPerSocket);
    if (this.#operations.size >= most) {
      const message = `no more than ${most} operations may run on one connection: end some of them first`;
      this.#refuseStart(id, null, message, 'subscription-limit-exceeded');
      return;
    }
    let isStopped = false;
    const operation: RunningOperation = {
      stop: () => {
        isStopped = true;
      },
    };
    this.#operations.set(id, operation);
    this.#logEvent('info', { type: 'operation', operation_id: id, operation_type: 'started' });
    const context = { headers: this.#headers, requestId: readRequestId(this.#headers), ip: this.#client.ip };
    const withInternal = showsInternal(this.#deps.config, session);
    let isRunning = false;
    try {
      const request: GraphQLRequest = toGraphQLRequest(payload, '$');
      await this.#deps.engine.admit(session, context);
      const type = await this.#plan(request, session);
      isRunning = true;
      if (type !== 'subscription') {
        const { body } = await this.#deps.engine.execute(request, session, context);
        if (!isStopped) this.#finish(id, [this.#protocol.data(id, body), this.#protocol.complete(id)]);
        return;
      }
      // Many may share a result: what goes wrong with one of them must not reach the others.
      const subscription = await this.#deps.engine.subscribe(request, session, context, {
        next: guarded((json, kind) => {
          if (isStopped) return;
          const message = this.#protocol.data(id, json);
          if (kind === 'batch') this.#outbox.send(message);
          else this.#outbox.sendState(id, message);
        }, this.fail),
        isReady: () => !this.#outbox.isSlow,
        error: guarded((error) => {
          if (isStopped) return;
          const result = encodeFailedResult(error, withInternal);
          this.#outbox.sendState(id, this.#protocol.data(id, result));
        }, this.fail),
        complete: guarded(() => {
          if (!isStopped) this.#finish(id, [this.#protocol.complete(id)]);
        }, this.fail),
      });
      if (isStopped) {
        subscription.stop();
        return;
      }
      this.#deps.metrics.activeSubscriptions.inc();
      operation.stop = () => {
        isStopped = true;
        this.#deps.metrics.activeSubscriptions.dec();
        subscription.stop();
      };
    } catch (thrown) {
      const error = this.#report(thrown);
      if (isStopped) return;
      const messages =
        isRunning && !PLANNING_CODES.has(error.code)
          ? this.#protocol.failed(id, error, withInternal)
          : this.#protocol.refused(id, error, withInternal);
      this.#finish(id, messages);
    }
  }

  /** What kind of operation it is, once it is planned: in its turn, for planning holds up everybody else. */
  async #plan(request: GraphQLRequest, session: Session): Promise<ReturnType<Engine['operationType']>> {
    const { turns, engine } = this.#deps;
    this.#starting += 1;
    this.#regulate();
    try {
      const client = clientKey(session, this.#client.ip);
      return await turns.run(client, () => engine.operationType(request, session));
    } finally {
      this.#starting -= 1;
      this.#regulate();
    }
  }

  /** Refuses an operation that never began: by closing the socket where the protocol says so. */
  #refuseStart(id: string, closing: Closing | null, message: string, code = 'start-failed'): void {
    this.#logEvent('error', { type: 'operation', operation_id: id, operation_type: 'proto_err' });
    if (closing !== null) this.close(closing);
    else {
      const error = new EngineError(code, message);
      for (const text of this.#protocol.refused(id, error, false)) this.#outbox.send(text);
    }
  }

  /** The last messages of an operation; its id is free again. */
  #finish(id: string, messages: readonly string[]): void {
    this.#stop(id);
    for (const message of messages) this.#outbox.send(message);
  }

  #stop(id: string): void {
    const operation = this.#operations.get(id);
    if (!operation) return;
    this.#operations.delete(id);
    this.#outbox.forget(id);
    operation.stop();
    this.#logEvent('info', { type: 'operation', operation_id: id, operation_type: 'stopped' });
  }

  #end(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#uncount();
    this.#regulate();
    clearTimeout(this.#initTimer);
    clearTimeout(this.#expiryTimer);
    for (const id of [...this.#operations.keys()]) this.#stop(id);
    this.#logEvent('info', { type: 'closed' });
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  /** An unexpected error is written down before the client hears of it. */
  #report(thrown: unknown): EngineError {
    const error = asEngineError(thrown);
    if (error !== thrown) {
      this.#deps.log.event('internal', 'error', {
        websocket_id: this.#id,
        stack: thrown instanceof Error ? thrown.stack : String(thrown),
      });
    }
    return error;
  }

  #logEvent(level: 'info' | 'error', event: Readonly<Record<string, unknown>>): void {
    if (!this.#deps.log.isOn('websocket-log', level)) return;
    this.#deps.log.event('websocket-log', level, {
      event,
      connection_info: { websocket_id: this.#id, token_expiry: this.#session?.expiresAt ?? null },
      user_vars: this.#session ? { 'x-hasura-role': this.#session.role } : null,
    });
  }
}
