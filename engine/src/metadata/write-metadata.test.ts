import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findKeptFiles } from './keep-files.ts';
import { readProjectFolders } from './read-config.ts';
import { readMetadata } from './read-metadata.ts';
import type { Metadata } from './types.ts';
import { toMetadataFiles, writeMetadataFiles } from './write-metadata.ts';

const RICH = fileURLToPath(new URL('./testing/rich-project', import.meta.url));

async function readFolder(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files
    .sort()
    .map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')]);
  return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
}

/** As the database keeps it. */
const stored = (metadata: Metadata): Metadata => JSON.parse(JSON.stringify(metadata)) as Metadata;
const sortedFiles = (metadata: Metadata): Record<string, string> =>
  Object.fromEntries([...toMetadataFiles(metadata)].sort(([left], [right]) => (left < right ? -1 : 1)));

describe('a metadata folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engine-metadata-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is written as it was read, byte for byte', async () => {
    const metadata = stored(await readMetadata(RICH));
    expect(sortedFiles(metadata)).toEqual(await readFolder(join(RICH, 'metadata')));
  });

  it('comes out the same whatever the order it was stored in', async () => {
    const metadata = stored(await readMetadata(RICH));
    const reverse = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
      return Object.fromEntries(Object.entries(value).reverse());
    };
    const [source] = metadata.sources;
    const tables = (source?.tables ?? []).map(reverse).reverse();
    const mixed = reverse({ ...metadata, sources: [reverse({ ...source, tables })] }) as Metadata;
    expect(sortedFiles(mixed)).toEqual(sortedFiles(metadata));
  });

  it('lays out the parts of events and of time as the CLI does', () => {
    const files = toMetadataFiles({
      version: 3,
      sources: [
        {
          name: 'default',
          kind: 'postgres',
          configuration: { connection_info: { database_url: 'postgres://localhost/x' } },
          tables: [
            {
              table: 'author',
              event_triggers: [
                {
                  webhook_from_env: 'HOOK',
                  name: 'author_changed',
                  retry_conf: { timeout_sec: 60, num_retries: 3, interval_sec: 10 },
                  definition: {
                    update: { columns: ['name'] },
                    insert: { columns: '*' },
                    enable_manual: true,
                  },
                },
              ],
            },
          ],
        },
      ],
      cron_triggers: [
        {
          schedule: '0 * * * *',
          include_in_metadata: true,
          webhook: '{{BASE_URL}}/hourly',
          name: 'hourly',
          retry_conf: { retry_interval_seconds: 10, num_retries: 0 },
          payload: { a: null },
        },
      ],
    });
    expect(files.get('databases/default/tables/public_author.yaml')).toBe(`table:
  name: author
  schema: public
event_triggers:
  - name: author_changed
    definition:
      enable_manual: true
      insert:
        columns: '*'
      update:
        columns:
          - name
    retry_conf:
      interval_sec: 10
      num_retries: 3
      timeout_sec: 60
    webhook_from_env: HOOK
`);
    expect(files.get('cron_triggers.yaml')).toBe(`- name: hourly
  webhook: '{{BASE_URL}}/hourly'
  schedule: 0 * * * *
  include_in_metadata: true
  payload:
    a: null
  retry_conf:
    num_retries: 0
    retry_interval_seconds: 10
`);
  });

  it('never leads out of itself, and keeps names apart that a file system takes for one', () => {
    const names = ['../../../etc/passwd', 'Author', 'author', 'a/b', 'a b'];
    const files = toMetadataFiles({
      version: 3,
      sources: [
        {
          name: '../elsewhere',
          kind: 'postgres',
          configuration: { connection_info: { database_url: 'postgres://localhost/x' } },
          tables: names.map((name) => ({ table: { schema: '..', name } })),
        },
      ],
    });
    const paths = [...files.keys()].filter((path) => path.startsWith('databases/_'));
    expect(paths).toHaveLength(names.length + 1);
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
    for (const path of paths) expect(path).toMatch(/^databases\/_[\w.-]*\/tables\/[\w-][\w.-]*\.yaml$/);
  });

  it('leaves as they are the files that say already what would be written', async () => {
    await cp(RICH, folder, { recursive: true });
    const edit = async (path: string, change: (text: string) => string): Promise<void> => {
      const file = join(folder, 'metadata', path);
      await writeFile(file, change(await readFile(file, 'utf8')));
    };
    await edit('actions.graphql', (text) =>
      text.replace('lookUp(text: String!, limit: Int)', 'lookUp(\n    text: String!\n    limit: Int\n  )'),
    );
    await edit('actions.yaml', (text) => text.replace('kind: synchronous', 'kind: ""'));
    await edit('databases/default/tables/public_author.yaml', (text) => `# By hand.\n${text}`);
    await rm(join(folder, 'metadata/network.yaml'));
    const before = await readFolder(folder);
    const folders = await readProjectFolders(folder);
    const metadata = stored(await readMetadata(folder));
    const write = async (next: Metadata): Promise<readonly string[]> => {
      const files = toMetadataFiles(next);
      return writeMetadataFiles(folders.metadata, files, await findKeptFiles(folders, files));
    };
    expect(await write(metadata)).toEqual([]);
    expect(await readFolder(folder)).toEqual(before);

    const [source] = metadata.sources;
    const tables = (source?.tables ?? []).map((table, index) =>
      index === 0 ? { ...table, is_enum: true } : table,
    );
    expect(
      await write({ ...metadata, sources: [{ ...source, tables } as Metadata['sources'][number]] }),
    ).toEqual([expect.stringMatching(/^databases\/default\/tables\//)]);
  });

  it('refuses to write version 3 into a folder of version 2, unless nothing has changed', async () => {
    const older = fileURLToPath(new URL('../../cases/projects/of-version-2', import.meta.url));
    const folders = await readProjectFolders(older);
    const metadata = stored(await readMetadata(older));
    const isLeft = await findKeptFiles(folders, toMetadataFiles(metadata));
    expect([...toMetadataFiles(metadata).keys()].every(isLeft)).toBe(true);
    const other = toMetadataFiles({ ...metadata, inherited_roles: [{ role_name: 'a', role_set: ['user'] }] });
    await expect(findKeptFiles(folders, other)).rejects.toThrow('is of metadata version 2');
  });

  it('loses the files of tables that are gone, and nothing else', async () => {
    const metadata = stored(await readMetadata(RICH));
    await writeMetadataFiles(folder, toMetadataFiles(metadata));
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await mkdir(join(folder, 'databases/default/notes'), { recursive: true });
    await writeFile(join(folder, 'databases/default/notes/why.yaml'), 'mine');
    const sources = metadata.sources.map((source) => ({ ...source, tables: source.tables.slice(0, 1) }));
    const changed = await writeMetadataFiles(folder, toMetadataFiles({ ...metadata, sources }));
    expect(changed).toContain('databases/default/tables/tables.yaml');
    const left = Object.keys(await readFolder(folder));
    expect(left.filter((path) => path.includes('/tables/'))).toHaveLength(2);
    expect(left).toEqual(expect.arrayContaining(['notes.txt', 'databases/default/notes/why.yaml']));
    expect(await writeMetadataFiles(folder, toMetadataFiles({ ...metadata, sources }))).toEqual([]);
  });
});
