import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { z } from 'zod';
import { checkShape } from './check-shape.ts';
import { joinActions } from './join-actions.ts';
import { findMeant } from './known-keys.ts';
import { MetadataFolderError, type MetadataMistake } from './mistakes.ts';
import { type ActionTypes, readActionTypes } from './read-action-types.ts';
import { type ProjectFolders, readProjectFolders } from './read-config.ts';
import { readOlderSource } from './read-older-source.ts';
import { actionsFile } from './schemas/actions.ts';
import { otherFiles, versionFile } from './schemas/others.ts';
import { sources } from './schemas/sources.ts';
import { findUnsupported, findWithoutEffect } from './supported.ts';
import type { Metadata } from './types.ts';
import { type LocatedValue, locate, mountAll, YamlReader } from './yaml-file.ts';

/** What a project's metadata folder holds. */
export interface ReadMetadata {
  readonly metadata: Metadata;
  /** Parts of the folder that count for nothing, each by file and path. */
  readonly warnings: readonly MetadataMistake[];
  /** The version of the folder's layout; what is read is brought into that of version 3. */
  readonly version: 2 | 3;
}

/** The metadata of {@link readMetadataFolder} alone. */
export async function readMetadata(projectDir: string): Promise<Metadata> {
  return (await readMetadataFolder(await readProjectFolders(projectDir))).metadata;
}

/**
 * Reads the metadata folder of a Hasura v2 project into the value that `export_metadata` would answer.
 * All mistakes are collected and thrown together as a MetadataFolderError.
 */
export async function readMetadataFolder(folders: ProjectFolders): Promise<ReadMetadata> {
  const reader = new YamlReader(folders.project, [join(folders.metadata, 'databases'), folders.metadata]);
  const open = (name: string) => reader.readOptional(join(folders.metadata, name));
  const file = await open('version.yaml');
  const version = file ? checkShape(file, versionFile, reader)?.version : undefined;
  if (!file && reader.mistakes.length === 0) {
    reader.report(join(folders.metadata, 'version.yaml'), 'is missing');
  }

  const parts: Record<string, LocatedValue | undefined> = {};
  const metadata: Record<string, unknown> = { version: 3, sources: [] };
  const take = (key: string, located: LocatedValue | undefined, schema: z.ZodType): void => {
    if (!located) return;
    const value = checkShape(located, schema, reader);
    if (value === undefined) return;
    parts[key] = located;
    metadata[key] = value;
  };
  if (version === 2) {
    const older = await readOlderSource(reader, folders.metadata);
    parts.sources = older;
    metadata.sources = older.value;
  } else take('sources', await open('databases/databases.yaml'), sources);
  for (const [name, { key, schema }] of Object.entries(otherFiles)) {
    take(key, await open(`${name}.yaml`), schema);
  }
  await takeActions(reader, folders.metadata, parts, metadata);
  await checkFileNames(reader, folders.metadata, version ?? 3);

  const whole = mountAll(parts);
  for (const { path, message } of findUnsupported(metadata))
    reader.mistakes.push(locate(whole, path, message));
  for (const { path, message } of findWithoutEffect(metadata)) {
    reader.warnings.push(locate(whole, path, message));
  }
  if (reader.mistakes.length > 0) throw new MetadataFolderError(reader.mistakes);
  return {
    metadata: metadata as unknown as Metadata,
    warnings: [...folders.warnings, ...reader.warnings],
    version: version ?? 3,
  };
}

async function takeActions(
  reader: YamlReader,
  folder: string,
  parts: Record<string, LocatedValue | undefined>,
  metadata: Record<string, unknown>,
): Promise<void> {
  const yaml = await reader.readOptional(join(folder, 'actions.yaml'));
  const types = await readSdl(reader, join(folder, 'actions.graphql'));
  const file = checkShape({ mounts: yaml?.mounts ?? [], value: yaml?.value ?? {} }, actionsFile, reader);
  if (!types || !file) return;
  const { actions, customTypes, mistakes } = joinActions(file, types);
  for (const { path, message } of mistakes) {
    if (yaml) reader.mistakes.push(locate(yaml, path, message));
    else reader.report(join(folder, 'actions.yaml'), message);
  }
  metadata.actions = actions;
  metadata.custom_types = customTypes;
  const mounts = yaml?.mounts.map((mount) => ({ ...mount, inside: [...mount.inside, 'actions'] })) ?? [];
  parts.actions = { value: actions, mounts };
}

async function readSdl(reader: YamlReader, file: string): Promise<ActionTypes | undefined> {
  let text = '';
  try {
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') {
      return reader.report(file, `cannot be read: ${(thrown as Error).message}`);
    }
  }
  const { types, mistakes, warnings } = readActionTypes(text, relative(reader.root, file));
  reader.mistakes.push(...mistakes);
  reader.warnings.push(...warnings);
  return mistakes.length === 0 ? types : undefined;
}

/** Files that only version 2 has. */
const olderNames = ['tables', 'functions'];

/** A file with a slip in its name would otherwise count for nothing; one with a name of its own is told of. */
async function checkFileNames(reader: YamlReader, folder: string, version: 2 | 3): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (thrown) {
    reader.report(folder, `cannot be read: ${(thrown as Error).message}`);
    return;
  }
  const known = new Set(['version', 'actions', ...Object.keys(otherFiles)]);
  const ofVersion = version === 2 ? new Set([...known, ...olderNames]) : known;
  for (const name of names) {
    const stem = /^(.*)\.ya?ml$/.exec(name)?.[1];
    if (stem === undefined || (ofVersion.has(stem) && name.endsWith('.yaml'))) continue;
    const file = join(folder, name);
    if (reader.files.has(file)) continue;
    const meant = ofVersion.has(stem) ? stem : findMeant(stem, new Set([...ofVersion, ...olderNames]));
    if (meant === null || (version === 3 && olderNames.includes(stem))) {
      reader.warn(file, `is no file of metadata version ${version} and counts for nothing`);
    } else reader.report(file, `is no file of metadata version ${version}; is ${meant}.yaml meant?`);
  }
}
