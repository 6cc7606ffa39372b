import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { z } from 'zod';
import { findTransformMistakes } from '../webhook/transform/check-transforms.ts';
import { checkShape } from './check-shape.ts';
import { joinActions } from './join-actions.ts';
import { MetadataFolderError } from './mistakes.ts';
import { type ActionTypes, readActionTypes } from './read-action-types.ts';
import { readProjectFolders } from './read-config.ts';
import { actionsFile } from './schemas/actions.ts';
import { otherFiles, versionFile } from './schemas/others.ts';
import { sources } from './schemas/sources.ts';
import { findUnsupported } from './supported.ts';
import type { Metadata } from './types.ts';
import { type LocatedValue, locate, mountAll, YamlReader } from './yaml-file.ts';

/**
 * Reads the metadata folder of a Hasura v2 project into the value that `export_metadata` would answer.
 * All mistakes are collected and thrown together as a MetadataFolderError.
 */
export async function readMetadata(projectDir: string): Promise<Metadata> {
  const folders = await readProjectFolders(projectDir);
  const reader = new YamlReader(folders.project);
  const open = (name: string) => reader.readOptional(join(folders.metadata, name));
  await refuseUnknownFiles(reader, folders.metadata);

  const version = await open('version.yaml');
  if (version) checkShape(version, versionFile, reader.mistakes);
  else if (reader.mistakes.length === 0) {
    reader.report(join(folders.metadata, 'version.yaml'), 'is missing');
  }

  const parts: Record<string, LocatedValue | undefined> = {};
  const metadata: Record<string, unknown> = { version: 3, sources: [] };
  const take = (key: string, located: LocatedValue | undefined, schema: z.ZodType): void => {
    if (!located) return;
    const value = checkShape(located, schema, reader.mistakes);
    if (value === undefined) return;
    parts[key] = located;
    metadata[key] = value;
  };
  take('sources', await open('databases/databases.yaml'), sources);
  for (const [name, { key, schema }] of Object.entries(otherFiles)) {
    take(key, await open(`${name}.yaml`), schema);
  }
  await takeActions(reader, folders.metadata, parts, metadata);

  const whole = mountAll(parts);
  for (const { path, message } of [...findUnsupported(metadata), ...findTransformMistakes(metadata)]) {
    reader.mistakes.push(locate(whole, path, message));
  }
  if (reader.mistakes.length > 0) throw new MetadataFolderError(reader.mistakes);
  return metadata as unknown as Metadata;
}

async function takeActions(
  reader: YamlReader,
  folder: string,
  parts: Record<string, LocatedValue | undefined>,
  metadata: Record<string, unknown>,
): Promise<void> {
  const yaml = await reader.readOptional(join(folder, 'actions.yaml'));
  const types = await readSdl(reader, join(folder, 'actions.graphql'));
  const file = checkShape(
    { mounts: yaml?.mounts ?? [], value: yaml?.value ?? {} },
    actionsFile,
    reader.mistakes,
  );
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
  const { types, mistakes } = readActionTypes(text, relative(reader.root, file));
  reader.mistakes.push(...mistakes);
  return mistakes.length === 0 ? types : undefined;
}

/** A file of another metadata version, or with a slip in its name, would otherwise count for nothing. */
async function refuseUnknownFiles(reader: YamlReader, folder: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (thrown) {
    reader.report(folder, `cannot be read: ${(thrown as Error).message}`);
    return;
  }
  const known = new Set(['version', 'actions', ...Object.keys(otherFiles)]);
  for (const name of names) {
    const stem = /^(.*)\.ya?ml$/.exec(name)?.[1];
    if (stem !== undefined && !(known.has(stem) && name.endsWith('.yaml'))) {
      reader.report(join(folder, name), 'is no file of metadata version 3');
    }
  }
}
