import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readQualifiedName } from '../source/qualified-name.ts';
import { orderMetadata } from './order-metadata.ts';
import { printActionTypes } from './print-action-types.ts';
import { otherFiles } from './schemas/others.ts';
import type { Metadata, QualifiedName, SourceMetadata } from './types.ts';
import { toYamlText } from './yaml-text.ts';

/** Texts of the metadata folder's files by their paths in it, separated by `/`. */
export type MetadataFiles = ReadonlyMap<string, string>;

/** What the CLI writes where there is nothing to say. */
const emptyContents: Readonly<Record<string, unknown>> = {
  api_limits: {},
  backend_configs: {},
  graphql_schema_introspection: { disabled_for_roles: [] },
  metrics_config: {},
  network: {},
  opentelemetry: {},
};

/** Lays metadata out as a folder of version 3, as Hasura's CLI exports it. */
export function toMetadataFiles(given: Metadata): MetadataFiles {
  const metadata = orderMetadata(given);
  const files = new Map<string, string>();
  const write = (path: string, value: unknown): void => {
    files.set(path, toYamlText(value));
  };
  write('version.yaml', { version: 3 });
  for (const [name, { key }] of Object.entries(otherFiles)) {
    const value = (metadata as unknown as Record<string, unknown>)[key];
    // The reference's editions know no remote schema permissions outside remote_schemas.yaml.
    if (value === undefined && name === 'remote_schema_permissions') continue;
    write(`${name}.yaml`, value ?? emptyContents[name] ?? []);
  }
  files.set('actions.graphql', printActionTypes(metadata.actions ?? [], metadata.custom_types ?? {}));
  write('actions.yaml', describeActions(metadata));
  write(
    'databases/databases.yaml',
    metadata.sources.map((source) => describeSource(source, write)),
  );
  return files;
}

/** What actions.graphql cannot say. */
function describeActions({ actions = [], custom_types: types = {} }: Metadata): unknown {
  const named = (list: readonly { readonly name: string }[] | undefined): unknown =>
    (list ?? []).map(({ name }) => ({ name }));
  return {
    actions: actions.map(({ name, definition, ...others }) => {
      const { arguments: _arguments, output_type: _output, type: _type, ...rest } = definition;
      return { name, definition: rest, ...others };
    }),
    custom_types: {
      enums: named(types.enums),
      input_objects: named(types.input_objects),
      objects: (types.objects ?? []).map(({ name, relationships }) => ({
        name,
        ...(relationships ? { relationships } : {}),
      })),
      scalars: named(types.scalars),
    },
  };
}

function describeSource(source: SourceMetadata, write: (path: string, value: unknown) => void): unknown {
  const folder = fileNames()(source.name);
  const include = <Entry>(
    kind: string,
    entries: readonly Entry[],
    nameOf: (entry: Entry) => QualifiedName,
  ) => {
    const unique = fileNames();
    const names = entries.map((entry) => {
      const { schema, name } = readQualifiedName(nameOf(entry));
      const file = `${unique(`${schema}_${name}`)}.yaml`;
      write(`databases/${folder}/${kind}/${file}`, entry);
      return `!include ${file}`;
    });
    write(`databases/${folder}/${kind}/${kind}.yaml`, names);
    return `!include ${folder}/${kind}/${kind}.yaml`;
  };
  const { tables, functions, ...rest } = source;
  return {
    ...rest,
    tables: include('tables', tables, (entry) => entry.table),
    ...(functions ? { functions: include('functions', functions, (entry) => entry.function) } : {}),
  };
}

/** Names that no file system reads as a way out of its folder, and that none takes for one another. */
function fileNames(): (wanted: string) => string {
  const taken = new Set(['tables', 'functions']);
  return (wanted) => {
    const safe = wanted.replaceAll(/[^\p{L}\p{N}_.-]/gu, '_').replace(/^\.+/, '_');
    let name = safe;
    for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${safe}_${count}`;
    taken.add(name.toLowerCase());
    return name;
  };
}

/** Brings a folder to hold exactly these files, but for those that are to be left; answers the paths that changed. */
export async function writeMetadataFiles(
  folder: string,
  files: MetadataFiles,
  isLeft: (path: string) => boolean = () => false,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const [path, text] of files) {
    if (isLeft(path)) continue;
    const file = join(folder, path);
    if ((await readText(file)) === text) continue;
    await mkdir(dirname(file), { recursive: true });
    // Whole or not at all, whatever happens in between.
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
    changed.push(path);
  }
  for (const path of await listIncludedFiles(folder)) {
    if (files.has(path) || isLeft(path)) continue;
    await rm(join(folder, path));
    changed.push(path);
  }
  return changed;
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}

/** The files of tables and functions that the folder holds, whether something includes them or not. */
async function listIncludedFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const database of await listNames(join(folder, 'databases'))) {
    for (const kind of ['tables', 'functions']) {
      for (const name of await listNames(join(folder, 'databases', database, kind))) {
        if (name.endsWith('.yaml')) found.push(`databases/${database}/${kind}/${name}`);
      }
    }
  }
  return found;
}

async function listNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw thrown;
  }
}
