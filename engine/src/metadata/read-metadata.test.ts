import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MetadataFolderError } from './mistakes.ts';
import { readProjectFolders } from './read-config.ts';
import { readMetadata } from './read-metadata.ts';

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const BASE: Record<string, string> = {
  'config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: metadata\n',
  'metadata/version.yaml': 'version: 3\n',
  'metadata/databases/databases.yaml': `- name: default
  kind: postgres
  configuration:
    connection_info:
      database_url:
        from_env: HASURA_GRAPHQL_DATABASE_URL
      pool_settings:
        max_connections: 20
  tables: "!include default/tables/tables.yaml"
`,
  'metadata/databases/default/tables/tables.yaml':
    '- "!include public_vendor.yaml"\n- !include public_note.yaml\n',
  'metadata/databases/default/tables/public_vendor.yaml': `table:
  name: vendor
  schema: public
array_relationships:
  - name: notes
    using:
      foreign_key_constraint_on:
        column: vendor_id
        table:
          name: note
          schema: public
select_permissions:
  - role: vendor
    permission:
      columns:
        - id
        - name
      filter:
        id:
          _eq: X-Hasura-Vendor-Id
`,
  'metadata/databases/default/tables/public_note.yaml': 'table: note\n',
};

const ACTIONS: Record<string, string> = {
  'metadata/actions.graphql': `type Query {
  "Whether a vendor may ask"
  mayAsk(vendorId: uuid!): AskAnswer
}

type Mutation {
  ask(input: AskInput!): AskAnswer!
}

enum AskState {
  OPEN
  CLOSED @deprecated
}

input AskInput {
  tiers: [Int!]!
}

type AskAnswer {
  id: uuid!
  state: AskState
}

scalar Money
`,
  'metadata/actions.yaml': `actions:
  - name: mayAsk
    definition:
      kind: ""
      handler: '{{ACTIONS_BASE_URL}}/may-ask'
    permissions:
      - role: vendor
  - name: ask
    definition:
      kind: synchronous
      handler: '{{ACTIONS_BASE_URL}}/ask'
      headers:
        - name: X-Action-Secret
          value_from_env: ACTION_SECRET
      timeout: 5
custom_types:
  enums:
    - name: AskState
  input_objects:
    - name: AskInput
  objects:
    - name: AskAnswer
      relationships:
        - name: vendor
          type: object
          source: default
          remote_table:
            name: vendor
            schema: public
          field_mapping:
            id: id
  scalars:
    - name: Money
`,
};

async function project(files: Record<string, string | null>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-metadata-'));
  folders.push(folder);
  for (const [name, text] of Object.entries({ ...BASE, ...files })) {
    if (text === null) continue;
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

async function mistakesOf(files: Record<string, string | null>): Promise<string[]> {
  const thrown = await readMetadata(await project(files)).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof MetadataFolderError)) throw thrown ?? new Error('the folder was accepted');
  return thrown.message.split('\n');
}

describe('readMetadata', () => {
  it('reads tables through both spellings of !include', async () => {
    const metadata = await readMetadata(await project({}));
    expect(metadata.version).toBe(3);
    expect(metadata.sources).toHaveLength(1);
    expect(metadata.sources[0]?.configuration.connection_info.database_url).toEqual({
      from_env: 'HASURA_GRAPHQL_DATABASE_URL',
    });
    expect(metadata.sources[0]?.tables.map((table) => table.table)).toEqual([
      { name: 'vendor', schema: 'public' },
      'note',
    ]);
    expect(metadata.sources[0]?.tables[0]?.select_permissions?.[0]?.permission.filter).toEqual({
      id: { _eq: 'X-Hasura-Vendor-Id' },
    });
  });

  it('joins actions.yaml with actions.graphql', async () => {
    const metadata = await readMetadata(await project(ACTIONS));
    expect(metadata.actions).toMatchObject([
      {
        name: 'mayAsk',
        definition: {
          kind: 'synchronous',
          type: 'query',
          arguments: [{ name: 'vendorId', type: 'uuid!' }],
          output_type: 'AskAnswer',
        },
        permissions: [{ role: 'vendor' }],
      },
      {
        name: 'ask',
        definition: {
          type: 'mutation',
          timeout: 5,
          headers: [{ name: 'X-Action-Secret', value_from_env: 'ACTION_SECRET' }],
          arguments: [{ name: 'input', type: 'AskInput!' }],
          output_type: 'AskAnswer!',
        },
      },
    ]);
    expect(metadata.custom_types).toEqual({
      scalars: [{ name: 'Money' }],
      enums: [{ name: 'AskState', values: [{ value: 'OPEN' }, { value: 'CLOSED', is_deprecated: true }] }],
      input_objects: [{ name: 'AskInput', fields: [{ name: 'tiers', type: '[Int!]!' }] }],
      objects: [
        {
          name: 'AskAnswer',
          fields: [
            { name: 'id', type: 'uuid!' },
            { name: 'state', type: 'AskState' },
          ],
          relationships: [
            {
              name: 'vendor',
              type: 'object',
              source: 'default',
              remote_table: { name: 'vendor', schema: 'public' },
              field_mapping: { id: 'id' },
            },
          ],
        },
      ],
    });
  });

  it('accepts the empty files that the CLI exports', async () => {
    const metadata = await readMetadata(
      await project({
        'metadata/actions.graphql': '\n',
        'metadata/actions.yaml':
          'actions: []\ncustom_types:\n  enums: []\n  input_objects: []\n  objects: []\n  scalars: []\n',
        'metadata/allow_list.yaml': '[]\n',
        'metadata/api_limits.yaml': '{}\n',
        'metadata/backend_configs.yaml': '{}\n',
        'metadata/cron_triggers.yaml': '[]\n',
        'metadata/graphql_schema_introspection.yaml': 'disabled_for_roles: []\n',
        'metadata/inherited_roles.yaml': '[]\n',
        'metadata/metrics_config.yaml': '{}\n',
        'metadata/network.yaml': '{}\n',
        'metadata/opentelemetry.yaml': '{}\n',
        'metadata/query_collections.yaml': '[]\n',
        'metadata/remote_schemas.yaml': '[]\n',
        'metadata/rest_endpoints.yaml': '',
      }),
    );
    expect(metadata.actions).toEqual([]);
  });

  it('lists every mistake of every file with its place', async () => {
    const mistakes = await mistakesOf({
      'metadata/databases/default/tables/public_vendor.yaml': `table:
  name: vendor
  scheme: public
select_permissions:
  - role: vendor
    permission:
      columns: id
      filter: {}
      limt: 5
`,
      'metadata/databases/default/tables/public_note.yaml': null,
      'metadata/api_limits.yaml': 'depth_limit: {global: -1}\n',
      'metadata/tabels.yaml': '[]\n',
      'metadata/network.yaml': 'tls_allowlist: [\n',
    });
    expect(mistakes).toEqual(
      expect.arrayContaining([
        'metadata/tabels.yaml: is no file of metadata version 3; is tables.yaml meant?',
        'metadata/databases/default/tables/tables.yaml:2: [1]: includes "public_note.yaml", which does not exist',
        'metadata/databases/default/tables/public_vendor.yaml:3: table.scheme: this key is not known; is schema meant?',
        "metadata/databases/default/tables/public_vendor.yaml:7: select_permissions[0].permission.columns: expected a list of columns, or '*'",
        'metadata/databases/default/tables/public_vendor.yaml:9: select_permissions[0].permission.limt: this key is not known; is limit meant?',
        expect.stringMatching(/^metadata\/api_limits\.yaml:1: depth_limit\.global: /),
        expect.stringMatching(/^metadata\/network\.yaml:\d+: is not valid YAML: /),
      ]),
    );
  });

  it('refuses features the engine lacks, by file and path', async () => {
    const mistakes = await mistakesOf({
      ...ACTIONS,
      'metadata/actions.yaml': (ACTIONS['metadata/actions.yaml'] as string).replace(
        'kind: synchronous',
        'kind: asynchronous\n      request_transform: { url: "{{ nope }}" }',
      ),
      'metadata/remote_schemas.yaml': '- name: other\n',
      'metadata/databases/default/tables/public_note.yaml': `table: note
event_triggers:
  - name: noted
    definition: {insert: {columns: '*'}}
    webhook: http://localhost
    response_transform: {version: 2}
`,
    });
    expect(mistakes).toEqual([
      'metadata/remote_schemas.yaml:1: remote schemas are not supported by this engine',
      'metadata/databases/default/tables/public_note.yaml:6: event_triggers[0].response_transform: response transforms are not supported by this engine',
    ]);
  });

  it('says which action or type is in only one of the two files', async () => {
    const yaml = ACTIONS['metadata/actions.yaml'] as string;
    const mistakes = await mistakesOf({
      ...ACTIONS,
      'metadata/actions.yaml': yaml.replace('- name: ask\n', '- name: asks\n').replace('Money', 'Gold'),
    });
    expect(mistakes).toEqual([
      'metadata/actions.yaml:8: actions[1].name: asks is no field of Query or Mutation in actions.graphql',
      'metadata/actions.yaml:2: actions: ask of actions.graphql has no handler here',
      'metadata/actions.yaml:33: custom_types.scalars[0].name: Gold is not among the scalars of actions.graphql',
    ]);
  });

  it('names the line of broken SDL', async () => {
    const mistakes = await mistakesOf({ 'metadata/actions.graphql': 'type Query {\n  a: \n}\n' });
    expect(mistakes).toEqual(['metadata/actions.graphql:3: Syntax Error: Expected Name, found "}".']);
  });

  it('takes null for what may be left out', async () => {
    const metadata = await readMetadata(
      await project({
        'metadata/databases/default/tables/public_note.yaml':
          'table: note\nconfiguration: null\nis_enum: null\nselect_permissions:\n  - role: a\n    permission: {columns: [id], filter: {}, limit: null, computed_fields: null, allow_aggregations: null}\n',
      }),
    );
    expect(metadata.sources[0]?.tables[1]?.select_permissions?.[0]?.permission.limit).toBeUndefined();
  });

  it('refuses a file that includes itself', async () => {
    const mistakes = await mistakesOf({
      'metadata/databases/default/tables/public_note.yaml': 'table: "!include public_note.yaml"\n',
    });
    expect(mistakes.join()).toContain('table: includes itself through "public_note.yaml"');
  });

  it('keeps all digits of numbers, and refuses those that it cannot', async () => {
    const file = (number: string) => ({
      'metadata/databases/default/tables/public_note.yaml':
        'table: note\nselect_permissions:\n  - role: a\n    permission:\n      columns: "*"\n      filter: {id: {_eq: ' +
        number +
        '}}\n',
    });
    const metadata = await readMetadata(await project(file('9007199254740993')));
    expect(JSON.stringify(metadata)).toContain('{"_eq":9007199254740993}');
    expect(await mistakesOf(file('0x20000000000001'))).toEqual([
      'metadata/databases/default/tables/public_note.yaml:6: the number 0x20000000000001 is too large to be kept exactly; write it in quotes',
    ]);
  });

  it('needs config.yaml of version 2 or 3', async () => {
    expect(await mistakesOf({ 'config.yaml': null })).toEqual([
      'config.yaml: is missing; a Hasura project folder has one',
    ]);
    expect(await mistakesOf({ 'config.yaml': 'version: 1\n' })).toEqual([
      'config.yaml:1: version: expected 2 or 3: projects of config version 1 are not read',
    ]);
  });

  it('follows the directories that config.yaml names', async () => {
    const folder = await project({
      'config.yaml': 'version: 3\nmetadata_directory: metadata\nseeds_directory: demo\n',
    });
    expect(await readProjectFolders(folder)).toEqual({
      project: folder,
      metadata: join(folder, 'metadata'),
      migrations: join(folder, 'migrations'),
      seeds: join(folder, 'demo'),
      version: 3,
      warnings: [],
    });
  });
});
