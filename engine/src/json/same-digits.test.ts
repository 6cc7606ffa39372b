import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@tierline/postgres/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { adminSession, type Session } from '../auth/session.ts';
import { createEngine } from '../engine.ts';
import type { Engine } from '../engine-types.ts';
import { parseJson } from '../http/parse-json.ts';
import { YamlReader } from '../metadata/yaml-file.ts';
import { toYamlText } from '../metadata/yaml-text.ts';
import { sessionFor } from '../testing/publishing-house.ts';
import { WebhookReceiver } from '../testing/webhook-receiver.ts';

/** Same digits in and out, on every way that a number takes through the engine as JSON. */
const seed = Number(process.env.TIERLINE_SEED);

const digit = fc.constantFrom(...'123456789');
const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(digit, { minLength: length, maxLength: length }).map((list) => list.join(''));
/** A bigint beyond what a double holds, a numeric with a fraction, and one that is long beyond reason. */
const numbers = fc.tuple(
  fc.bigInt({ min: 2n ** 53n + 1n, max: 2n ** 63n - 1n }).map((value) => String(value | 1n)),
  fc.tuple(digits(12), digits(9)).map(([whole, fraction]) => `-${whole}.${fraction}`),
  fc.tuple(digits(40), digits(10)).map(([whole, fraction]) => `${whole}.${fraction}`),
);

function expectDigits(text: string, wanted: readonly string[]): void {
  const found = text.match(/-?\d[\d.]*/g) ?? [];
  for (const number of wanted) expect(found, text).toContain(number);
}

/** Files that may read JSON without it: what they read is the engine's own, or has no numbers that count. */
const readers: ReadonlySet<string> = new Set([
  'auth/jwks.ts',
  'catalog/introspect.ts',
  'console/app/access.ts',
  'events/event-queue.ts',
  'execute/pool.ts',
  'execute/run-change.ts',
  'http/parse-json.ts',
  'log.ts',
  'settings-reader.ts',
  'source/build-relationships.ts',
  'source/role-permissions.ts',
  'subscriptions/stream-cohort.ts',
]);

it('JSON from outside is read by parseJson and copied by cloneJson alone', async () => {
  const folder = fileURLToPath(new URL('../', import.meta.url));
  const files = (await readdir(folder, { recursive: true })).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('testing/'),
  );
  const found: string[] = [];
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    if (/JSON\.parse\(|[^`]structuredClone\(/.test(text) || text.includes('(JSON.parse as')) found.push(file);
  }
  expect(found.filter((file) => !readers.has(file))).toEqual([]);
});

describe('the same digits come out', () => {
  const [drawn] = fc.sample(numbers, { seed, numRuns: 1 }) as [[string, string, string]];
  const [big, fraction, long] = drawn;
  const document = `{"v":{"list":[${drawn.join(',')}]}}`;
  let database: TestDatabase;
  let receiver: WebhookReceiver;
  const engines: Engine[] = [];
  let engine: Engine;

  const open = async (): Promise<Engine> => {
    const opened = await createEngine({
      databaseUrl: database.url,
      environment: { HOOK: receiver.url },
      asyncActions: { fetchIntervalMs: 20, shutdownGraceMs: 50 },
    });
    engines.push(opened);
    return opened;
  };
  /** One more engine on the database, for as long as `work` takes. */
  const withOther = async (work: (other: Engine) => Promise<void>): Promise<void> => {
    const other = await open();
    await work(other).finally(() => other.close());
    engines.splice(engines.indexOf(other), 1);
  };
  /** As the HTTP route reads and answers it. */
  const api = async (type: string, args: string, on = engine): Promise<string> =>
    JSON.stringify(await on.runMetadataRequest(parseJson(`{"type":"${type}","args":${args}}`), adminSession));
  const ask = async (
    query: string,
    variables = '{}',
    session: Session = adminSession,
    on = engine,
  ): Promise<string> => {
    const given = parseJson(variables) as Record<string, unknown>;
    return (await on.execute({ query, variables: given }, session, { headers: {}, requestId: 'digits' }))
      .body;
  };

  beforeAll(async () => {
    receiver = await WebhookReceiver.open();
    database = await createTestDatabase({ migrated: false });
    await database.query(`
      create table item (id bigint primary key, num numeric, doc json);
      insert into item values (${big}, ${long}, null), (${BigInt(big) - 1n}, 1, null)`);
    engine = await open();
    await api('pg_track_table', '{"table":"item"}');
    const action = (name: string, kind: string, more = '{}'): string => {
      const definition = {
        kind,
        handler: '{{HOOK}}/action',
        type: kind === 'asynchronous' ? 'mutation' : 'query',
        arguments: [{ name: 'doc', type: 'json!' }],
        output_type: 'Found',
        ...(JSON.parse(more) as object),
      };
      return JSON.stringify({ name, definition });
    };
    await api(
      'set_custom_types',
      `{"scalars":[{"name":"json"}],"objects":[{"name":"Found","fields":[{"name":"id","type":"bigint"},{"name":"doc","type":"json"}],
        "relationships":[{"name":"item","type":"object","remote_table":"item","field_mapping":{"id":"id"}}]}]}`,
    );
    await api('create_action', action('look', 'synchronous'));
    await api('create_action', action('send', 'asynchronous'));
    const template = '{"a":{{$body.input.doc}},"b":"<{{$body.input.doc.v.list[0]}}>"}';
    await api(
      'create_action',
      action(
        'shape',
        'synchronous',
        JSON.stringify({
          request_transform: { version: 2, body: { action: 'transform', template } },
          response_transform: {
            version: 2,
            body: {
              action: 'transform',
              template: `{"id":{{$body.id}},"doc":{"said":{{$body.doc}},"own":${long},"more":{{if $body.id > ${BigInt(big) - 1n}}}true{{else}}false{{end}}}}`,
            },
          },
        }),
      ),
    );
  }, 60_000);
  beforeEach(() => {
    receiver.calls.length = 0;
    receiver.answer = ({ path }) =>
      path === '/action' ? { body: `{"id":${big},"doc":${document}}` } : { body: document };
  });
  afterAll(async () => {
    await Promise.all(engines.map((one) => one.close()));
    await receiver.close();
  });

  it('of any number that is read and written', () => {
    const number = fc.oneof(
      fc.bigInt().map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.tuple(fc.bigInt(), digits(20)).map(([whole, rest]) => `${whole}.${rest}`),
      fc.tuple(digits(17), fc.integer({ min: -400, max: 400 })).map(([whole, power]) => `${whole}e${power}`),
    );
    const exactly = (text: string): [bigint, number] => {
      const [, whole = '', rest = '', power = '0'] = /^(-?\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text) ?? [];
      return [BigInt(whole + rest), Number(power) - rest.length];
    };
    fc.assert(
      fc.property(number, (text) => {
        const written = JSON.stringify(parseJson(`[${text}]`)).slice(1, -1);
        const [[left, leftPower], [right, rightPower]] = [exactly(text), exactly(written)];
        const least = Math.min(leftPower, rightPower);
        expect(left * 10n ** BigInt(leftPower - least)).toBe(right * 10n ** BigInt(rightPower - least));
      }),
      { seed },
    );
  });

  it('of metadata files, read and written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'digits-'));
    try {
      await writeFile(
        join(folder, 'own.yaml'),
        `a: [${drawn.join(', ')}, +0${big}, 1.50, 12]\nb: "${big}"\n`,
      );
      const reader = new YamlReader(folder);
      const read = await reader.readOptional(join(folder, 'own.yaml'));
      expect(reader.mistakes).toEqual([]);
      const text = JSON.stringify(read?.value);
      expect(text).toBe(`{"a":[${drawn.join(',')},${big},1.5,12],"b":"${big}"}`);
      expect(toYamlText(parseJson(text))).toBe(
        `a:\n${[...drawn, big, '1.5', '12'].map((one) => `  - ${one}\n`).join('')}b: "${big}"\n`,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('of a permission, on this engine, on another, and after a start', async () => {
    const permission = `{"columns":["id"],"filter":{"_or":[{"id":{"_eq":${big}}},{"id":{"_in":[${big}]}}],"id":${big}}}`;
    await api('pg_create_select_permission', `{"table":"item","role":"one","permission":${permission}}`);
    await withOther(async (other) => {
      for (const on of [engine, other]) {
        expect(await ask('{ item { id } }', '{}', sessionFor('one'), on)).toBe(
          `{"data":{"item":[{"id":${big}}]}}`,
        );
        expectDigits(await api('export_metadata', '{}', on), [big]);
      }
    });
    await api('pg_drop_select_permission', '{"table":"item","role":"one"}');
    const preset = `{"check":{"id":{"_neq":${BigInt(big) - 1n}}},"columns":["id"],"set":{"num":${long},"doc":${document}}}`;
    await api('pg_create_insert_permission', `{"table":"item","role":"one","permission":${preset}}`);
    await ask('mutation { insert_item_one(object: {id: 1}) { __typename } }', '{}', sessionFor('one')).catch(
      () => ask('mutation { insert_item(objects: [{id: 1}]) { affected_rows } }', '{}', sessionFor('one')),
    );
    const { rows } = await database.query(`select num::text, doc::text from item where id = 1`);
    expect(rows).toEqual([{ num: long, doc: document }]);
    await database.query('delete from item where id = 1');
  });

  it('of commands that are about something else, with such a number in the metadata', async () => {
    await api(
      'create_cron_trigger',
      `{"name":"nightly","webhook":"{{HOOK}}/cron","schedule":"0 0 1 1 *","payload":${document},"include_in_metadata":true}`,
    );
    expect(await api('reload_metadata', '{}')).toContain('success');
    await api('pg_set_table_customization', '{"table":"item","configuration":{"comment":"numbers"}}');
    const exported = await api('export_metadata', '{}');
    expectDigits(exported, drawn);
    await api('replace_metadata', exported);
    await withOther(async (other) => expectDigits(await api('export_metadata', '{}', other), drawn));
    await api('set_catalog_state', `{"type":"console","state":${document}}`);
    expectDigits(await api('get_catalog_state', '{}'), drawn);
  });

  it('of a scheduled event and its log', async () => {
    const at = new Date().toISOString();
    await api(
      'create_scheduled_event',
      `{"webhook":"{{HOOK}}/once","schedule_at":"${at}","payload":${document}}`,
    );
    await receiver.until((calls) => calls.length === 1);
    expectDigits(receiver.calls[0]?.text ?? '', drawn);
    await expect
      .poll(() => api('get_scheduled_events', '{"type":"one_off"}'))
      .toContain('"status":"delivered"');
    expectDigits(await api('get_scheduled_events', '{"type":"one_off"}'), drawn);
    expectDigits(await api('get_scheduled_event_invocations', '{"type":"one_off"}'), drawn);
  });

  it('of an action, which joins the right row', async () => {
    const text = await ask(
      'query ($doc: json!) { look(doc: $doc) { id doc item { id num } } }',
      `{"doc":${document}}`,
    );
    expectDigits(receiver.calls[0]?.text ?? '', drawn);
    expect(text).toBe(`{"data":{"look":{"id":${big},"doc":${document},"item":{"id":${big},"num":${long}}}}}`);
  });

  it('of an action whose request and answer are transformed, texts and comparisons too', async () => {
    const text = await ask('query ($doc: json!) { shape(doc: $doc) { id doc } }', `{"doc":${document}}`);
    expect(receiver.calls[0]?.text).toBe(`{"a":${document},"b":"<${big}>"}`);
    expect(text).toBe(
      `{"data":{"shape":{"id":${big},"doc":{"said":${document},"own":${long},"more":true}}}}`,
    );
  });

  it('of an asynchronous action', async () => {
    const started = await ask('mutation ($doc: json!) { send(doc: $doc) }', `{"doc":${document}}`);
    const { send } = (JSON.parse(started) as { data: { send: string } }).data;
    const look = (): Promise<string> =>
      ask('query ($id: uuid!) { send(id: $id) { output { id doc item { num } } } }', `{"id":"${send}"}`);
    await expect.poll(look).not.toContain('"output":null');
    expectDigits(receiver.calls[0]?.text ?? '', drawn);
    const text = await look();
    expectDigits(text, drawn);
    expect(text).toContain(`"item":{"num":${long}}`);
  });

  it('of an event trigger, its log and its transform', async () => {
    const trigger = (name: string, more = ''): string =>
      `{"name":"${name}","table":"item","insert":{"columns":"*"},"webhook":"{{HOOK}}/${name}"${more}}`;
    const template = JSON.stringify(
      '{"id":{{$body.event.data.new.id}},"num":"{{$body.event.data.new.num}}","doc":{{$body.event.data.new.doc}}}',
    );
    await api('pg_create_event_trigger', trigger('plain'));
    await api(
      'pg_create_event_trigger',
      trigger(
        'shaped',
        `,"request_transform":{"version":2,"body":{"action":"transform","template":${template}}}`,
      ),
    );
    const id = String(BigInt(big) - 2n);
    await ask(
      `mutation ($doc: json!) { insert_item(objects: [{id: ${id}, num: ${fraction}, doc: $doc}]) { affected_rows } }`,
      `{"doc":${document}}`,
    );
    await receiver.until((calls) => calls.length === 2);
    const sent = (path: string): string => receiver.calls.find((call) => call.path === path)?.text ?? '';
    expectDigits(sent('/plain'), [id, ...drawn]);
    // Keys of such a type are texts in the payload of an event, as in the reference.
    expect(sent('/shaped')).toBe(`{"id":"${id}","num":"${fraction}","doc":${document}}`);
    await expect.poll(() => api('pg_get_event_logs', '{"name":"plain"}')).toContain('"delivered":true');
    expectDigits(await api('pg_get_event_logs', '{"name":"plain"}'), [id, ...drawn]);
    await expect
      .poll(() => api('pg_get_event_invocation_logs', '{"name":"shaped"}'))
      .toContain('"status":200');
    expectDigits(await api('pg_get_event_invocation_logs', '{"name":"shaped"}'), [id, ...drawn]);
  });

  it('of values in documents and variables, in any place that takes a number', async () => {
    const row = `{"data":{"item":[{"id":${big}}]}}`;
    expect(await ask(`{ item(where: {id: {_eq: ${big}}, num: {_eq: ${long}}}) { id } }`)).toBe(row);
    expect(
      await ask('query ($w: item_bool_exp!) { item(where: $w) { id } }', `{"w":{"num":{"_in":[${long}]}}}`),
    ).toBe(row);
  });

  it.each(['9007199254740993', '9223372036854775807'])('an offset of %s is one', async (offset) => {
    expect(await ask(`{ item(offset: ${offset}) { id } }`)).toBe('{"data":{"item":[]}}');
    expect(await ask('query ($o: Int) { item(offset: $o) { id } }', `{"o":${offset}}`)).toBe(
      '{"data":{"item":[]}}',
    );
  });
});
