import { readFile } from 'node:fs/promises';
import { createTestDatabase } from '@tierline/postgres/testing';
import { buildASTSchema, type GraphQLObjectType, isObjectType, parse } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { METADATA, readColumns, readYaml, type TableName } from './metadata.ts';

interface ActionsFile {
  readonly actions: readonly {
    readonly name: string;
    readonly definition: {
      readonly kind: string;
      readonly handler: string;
      readonly headers: readonly { readonly name: string; readonly value_from_env: string }[];
    };
    readonly permissions: readonly { readonly role: string }[];
  }[];
  readonly custom_types: {
    readonly objects: readonly {
      readonly name: string;
      readonly relationships?: readonly {
        readonly name: string;
        readonly type: string;
        readonly source: string;
        readonly remote_table: TableName;
        readonly field_mapping: Readonly<Record<string, string>>;
      }[];
    }[];
  };
}

let columns: Map<string, Set<string>>;

beforeAll(async () => {
  columns = await readColumns(await createTestDatabase());
});

describe('the actions', () => {
  it('join actions.yaml and actions.graphql, with a handler behind the secret', async () => {
    const { actions, custom_types } = await readYaml<ActionsFile>(`${METADATA}/actions.yaml`);
    const document = parse(await readFile(`${METADATA}/actions.graphql`, 'utf8'));
    // Each action has a `type Mutation` block of its own, as the CLI writes them: read together they are one type.
    const mutations = document.definitions.flatMap((definition) =>
      definition.kind === 'ObjectTypeDefinition' && definition.name.value === 'Mutation'
        ? (definition.fields ?? [])
        : [],
    );
    expect(mutations.map((field) => field.name.value)).toEqual(actions.map(({ name }) => name));
    for (const { name, definition } of actions) {
      expect(definition).toMatchObject({
        kind: 'synchronous',
        handler: `{{ACTIONS_BASE_URL}}/hasura/actions/${name}`,
        headers: [{ name: 'X-Action-Secret', value_from_env: 'ACTION_SECRET' }],
      });
    }

    const others = document.definitions.filter(
      (definition) => !('name' in definition && definition.name?.value === 'Mutation'),
    );
    const scalars = parse('scalar uuid scalar timestamptz').definitions;
    const schema = buildASTSchema({ ...document, definitions: [...others, ...scalars] });
    const objects = Object.values(schema.getTypeMap()).filter(
      (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
    );
    expect(objects.map(({ name }) => name).sort()).toEqual(
      custom_types.objects.map(({ name }) => name).sort(),
    );
    for (const { name, relationships = [] } of custom_types.objects) {
      const fields = objects.find((type) => type.name === name)!.getFields();
      for (const { source, remote_table, field_mapping } of relationships) {
        expect(source).toBe('default');
        for (const [field, column] of Object.entries(field_mapping)) {
          expect(fields).toHaveProperty(field);
          expect(columns.get(remote_table.name)).toContain(column);
        }
      }
    }
  });

  it('are open to the roles of the contract', async () => {
    const { actions } = await readYaml<ActionsFile>(`${METADATA}/actions.yaml`);
    expect(
      Object.fromEntries(actions.map(({ name, permissions }) => [name, permissions.map(({ role }) => role)])),
    ).toEqual({
      approveTierUpgradeRequest: ['app_admin'],
      bulkApproveTierUpgradeRequests: ['app_admin'],
      bulkRejectTierUpgradeRequests: ['app_admin'],
      cancelTierUpgradeRequest: ['vendor'],
      changePassword: ['app_admin', 'vendor'],
      login: ['anonymous'],
      logout: ['anonymous', 'app_admin', 'vendor'],
      refreshSession: ['anonymous', 'app_admin', 'vendor'],
      rejectTierUpgradeRequest: ['app_admin'],
      requestPasswordReset: ['anonymous'],
      resetPassword: ['anonymous'],
      retryEmailDelivery: ['app_admin'],
      setFeatureFlag: ['app_admin'],
      setUserDisabled: ['app_admin'],
      setVendorBeta: ['app_admin'],
      submitTierUpgradeRequest: ['app_admin', 'vendor'],
      updateVendorTier: ['app_admin'],
    });
  });
});
