import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseDocument } from 'yaml';
import { parseJson } from '../http/parse-json.ts';
import { MetadataFolderError } from './mistakes.ts';
import type { ProjectFolders } from './read-config.ts';
import { type ReadMetadata, readMetadataFolder } from './read-metadata.ts';
import type { Metadata } from './types.ts';
import { type MetadataFiles, toMetadataFiles } from './write-metadata.ts';

/** A folder in the layout of version 2, which is not what an export writes. */
export class OlderLayoutError extends Error {
  override readonly name = 'OlderLayoutError';
}

/**
 * Which files of a folder say already what an export would write there, in whatever hand: lines cut otherwise,
 * `kind: ""`, tables in one file. They are left as they are, so that an export of what has not changed changes nothing.
 */
export async function findKeptFiles(
  folders: ProjectFolders,
  files: MetadataFiles,
): Promise<(path: string) => boolean> {
  const present = await readPresent(folders);
  if (!present) return () => false;
  const before = toMetadataFiles(parseJson(JSON.stringify(present.metadata)) as Metadata);
  const changed = [...new Set([...before.keys(), ...files.keys()])].filter(
    (path) => before.get(path) !== files.get(path),
  );
  if (changed.length > 0 && present.version === 2) {
    throw new OlderLayoutError(
      `${folders.metadata} is of metadata version 2, and the database holds something else; an export writes version 3. Bring the folder to version 3 first (hasura scripts update-project-v3).`,
    );
  }
  const areTablesChanged = changed.some((path) => path.startsWith('databases/'));
  const kept = new Set<string>();
  for (const [path, text] of files) {
    if (changed.includes(path)) continue;
    // Where a table has changed its file must be reached from the others, so they have to be laid out like these.
    const isReached = !path.startsWith('databases/') || !areTablesChanged;
    if (isReached || (await saysTheSame(join(folders.metadata, path), text))) kept.add(path);
  }
  return (path) => kept.has(path) || (!areTablesChanged && path.startsWith('databases/'));
}

/** What the folder holds now; null where it cannot be read, as before the first export. */
async function readPresent(folders: ProjectFolders): Promise<ReadMetadata | null> {
  try {
    return await readMetadataFolder(folders);
  } catch (thrown) {
    if (thrown instanceof MetadataFolderError) return null;
    throw thrown;
  }
}

async function saysTheSame(file: string, text: string): Promise<boolean> {
  try {
    return isDeepStrictEqual(plain(await readFile(file, 'utf8')), plain(text));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw thrown;
  }
}

/** A file's own values; both spellings of `!include` are one. */
function plain(text: string): unknown {
  const includeTag = { tag: '!include', resolve: (target: string) => `!include ${target}` };
  return parseDocument(text, { customTags: [includeTag] }).toJS();
}
