import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import { afterEach, beforeEach, expect } from 'vitest';
import { adminSession } from '../auth/session.ts';
import type { BackgroundSettings } from '../background-work.ts';
import type { DeliveryReport } from '../delivery/report.ts';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-types.ts';
import { type EngineError, toApiError } from '../errors.ts';
import { WebhookReceiver } from './webhook-receiver.ts';

/** What most commands of the metadata API answer. */
export const success = { message: 'success' };

/** What an event trigger sends. */
export interface Payload {
  readonly id: string;
  readonly created_at: string;
  readonly delivery_info: { readonly max_retries: number; readonly current_retry: number };
  readonly trigger: { readonly name: string };
  readonly table: unknown;
  readonly event: {
    readonly op: string;
    readonly data: { readonly old: unknown; readonly new: unknown };
    readonly session_variables: unknown;
    readonly trace_context: unknown;
  };
}

/** Where a test of event triggers works; all of it anew for each test. */
export interface TriggerDesk {
  /** Has the tables `book` and `shelf`, both tracked. */
  readonly database: TestDatabase;
  readonly receiver: WebhookReceiver;
  /** The one that commands go to; a test that closes it may open another in its place. */
  engine: Engine;
  readonly reports: readonly DeliveryReport[];
  /** What engines said had gone wrong outside any request. */
  readonly errors: readonly Error[];
  /** One more engine on the database; it looks for events when told of them, or as `events` says. */
  open(events?: BackgroundSettings): Promise<Engine>;
  /** Closes `engine`. */
  close(): Promise<void>;
  /** Sends a command of the metadata API; answers an error as a client would see it. */
  api(type: string, args: unknown): Promise<unknown>;
  /** Creates the trigger `books` for all that happens to the table `book`, changed by `more`. */
  create(more?: Record<string, unknown>): Promise<unknown>;
  mutate(text: string, session?: typeof adminSession): Promise<unknown>;
  payloads(): Payload[];
  events(): Payload['event'][];
  /** Columns of the event log, oldest event first. */
  log(columns: string): Promise<Record<string, unknown>[]>;
  /** Resolves once every event is delivered, failed or archived. */
  settled(): Promise<void>;
}

/** Sets the desk up before each test of the file's `describe` and clears it away afterwards. */
export function triggerDesk(): TriggerDesk {
  const engines: Engine[] = [];
  const reports: DeliveryReport[] = [];
  const errors: Error[] = [];
  let database: TestDatabase;
  let receiver: WebhookReceiver;
  let engine: Engine;
  const desk: TriggerDesk = {
    get database() {
      return database;
    },
    get receiver() {
      return receiver;
    },
    get engine() {
      return engine;
    },
    set engine(opened) {
      engine = opened;
    },
    reports,
    errors,
    async open(events = {}) {
      const opened = await createEngine({
        databaseUrl: database.url,
        environment: { HOOK_SECRET: 'from-env', HOOK: receiver.url },
        // A poll of an hour: whatever arrives has been told of.
        events: { fetchIntervalMs: 3_600_000, onDelivery: (report) => reports.push(report), ...events },
        onBackgroundError: (error) => errors.push(error),
      });
      engines.push(opened);
      return opened;
    },
    async close() {
      engines.splice(engines.indexOf(engine), 1);
      await engine.close();
    },
    async api(type, args) {
      try {
        return await engine.runMetadataRequest({ type, args }, adminSession);
      } catch (error) {
        return toApiError(error as EngineError, false);
      }
    },
    create: (more = {}) =>
      desk.api('pg_create_event_trigger', {
        name: 'books',
        table: 'book',
        insert: { columns: '*' },
        update: { columns: '*' },
        delete: { columns: '*' },
        webhook: '{{HOOK}}/books',
        ...more,
      }),
    mutate: (text, session = adminSession) =>
      engine.execute({ query: `mutation { ${text} }` }, session, { headers: {}, requestId: 'test' }),
    payloads: () => receiver.calls.map(({ body }) => body as Payload),
    events: () => desk.payloads().map(({ event }) => event),
    log: async (columns) =>
      (await database.query(`select ${columns} from hdb_catalog.event_log order by created_at`)).rows,
    async settled() {
      await expect
        .poll(() => desk.log('id, delivered, error, archived'))
        .toSatisfy((rows: Record<string, boolean>[]) =>
          rows.every((row) => row.delivered || row.error || row.archived),
        );
    },
  };

  beforeEach(async () => {
    reports.length = 0;
    errors.length = 0;
    receiver = await WebhookReceiver.open();
    database = await createTestDatabase({ migrated: false });
    await database.query(`
      create table book (id bigint primary key, title text, price numeric, notes json);
      create table shelf (id int primary key)`);
    engine = await desk.open();
    await desk.api('pg_track_table', { table: 'book' });
    await desk.api('pg_track_table', { table: 'shelf' });
  });
  afterEach(async () => {
    receiver.answer = () => ({});
    await Promise.all(engines.splice(0).map((one) => one.close()));
    await receiver.close();
  });
  return desk;
}
