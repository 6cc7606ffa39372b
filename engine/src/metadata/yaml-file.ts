import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import { isJsonObject } from '../json/json-values.ts';
import { formatPath, type MetadataMistake, type ValuePath } from './mistakes.ts';

import { withExactNumbers } from './yaml-numbers.ts';

/** A file that supplies the part of a value below `at`. */
interface Mount {
  readonly at: ValuePath;
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  /** Where the part is inside the file; empty when it is the whole file. */
  readonly inside: ValuePath;
}

/** A value read from one or more YAML files that still knows which file each part came from. */
export interface LocatedValue {
  readonly value: unknown;
  readonly mounts: readonly Mount[];
}

/** Reads YAML files with Hasura's `!include`, and collects what is wrong with them. */
export class YamlReader {
  /** The folder that file names in mistakes are relative to. */
  readonly root: string;
  readonly mistakes: MetadataMistake[] = [];
  /** What is told and stops nothing. */
  readonly warnings: MetadataMistake[] = [];
  /** Where an included file is looked for when it is not beside the file that names it: older layouts count from there. */
  readonly #includeRoots: readonly string[];
  /** Files that were read. */
  readonly files = new Set<string>();

  constructor(root: string, includeRoots: readonly string[] = []) {
    this.root = root;
    this.#includeRoots = includeRoots;
  }

  /** Reads a file; undefined (and no mistake) when there is no such file, or (with mistakes) when it is broken. */
  async readOptional(file: string): Promise<LocatedValue | undefined> {
    return this.#read(file, [], () => undefined);
  }

  /** Tells of a whole file what stops nothing. */
  warn(file: string, message: string): void {
    this.warnings.push({ file: this.#name(file), path: '', message });
  }

  /** Adds a mistake about a whole file. */
  report(file: string, message: string): undefined {
    this.mistakes.push({ file: this.#name(file), path: '', message });
    return undefined;
  }

  async #read(
    file: string,
    parents: readonly string[],
    onMissing: () => undefined,
  ): Promise<LocatedValue | undefined> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return onMissing();
      return this.report(file, `cannot be read: ${(thrown as Error).message}`);
    }
    this.files.add(resolve(file));
    const lines = new LineCounter();
    const document = parseDocument(text, {
      lineCounter: lines,
      customTags: (tags) => [...withExactNumbers(tags), includeTag],
    });
    const mount: Mount = { at: [], file: this.#name(file), document, lines, inside: [] };
    for (const problem of [...document.errors, ...document.warnings]) {
      const line = problem.linePos?.[0].line;
      const [message] = problem.message.split(/ at line \d+/);
      this.mistakes.push({
        file: mount.file,
        path: '',
        ...(line === undefined ? {} : { line }),
        message: `is not valid YAML: ${message}`,
      });
    }
    if (document.errors.length > 0) return undefined;
    this.#refuseUnsafeNumbers(mount);
    let value: unknown;
    try {
      value = document.toJS();
    } catch (thrown) {
      return this.report(file, `is not valid YAML: ${(thrown as Error).message}`);
    }
    return this.#resolveIncludes({ value, mounts: [mount] }, file, [...parents, file]);
  }

  /** Puts each included file in the place of its `!include`, depth first. */
  async #resolveIncludes(
    located: LocatedValue,
    file: string,
    parents: readonly string[],
  ): Promise<LocatedValue> {
    const mounts = [...located.mounts];
    const walk = async (value: unknown, path: ValuePath): Promise<unknown> => {
      if (typeof value === 'string') {
        const target = /^!include\s+(\S.*)$/.exec(value.trimEnd())?.[1];
        if (target === undefined) return value;
        const included = await this.#include(
          located,
          path,
          this.#find(dirname(file), target),
          target,
          parents,
        );
        for (const mount of included?.mounts ?? []) mounts.push({ ...mount, at: [...path, ...mount.at] });
        return included?.value;
      }
      if (Array.isArray(value)) {
        const items: unknown[] = [];
        for (const [index, item] of value.entries()) items.push(await walk(item, [...path, index]));
        return items;
      }
      if (isJsonObject(value)) {
        const entries: [string, unknown][] = [];
        for (const [key, item] of Object.entries(value))
          entries.push([key, await walk(item, [...path, key])]);
        return Object.fromEntries(entries);
      }
      return value;
    };
    return { value: await walk(located.value, []), mounts };
  }

  #find(folder: string, target: string): string {
    const candidates = [folder, ...this.#includeRoots].map((root) => resolve(root, target));
    return candidates.find((candidate) => existsSync(candidate)) ?? (candidates[0] as string);
  }

  async #include(
    located: LocatedValue,
    path: ValuePath,
    target: string,
    written: string,
    parents: readonly string[],
  ): Promise<LocatedValue | undefined> {
    const refuse = (message: string): undefined => {
      this.mistakes.push(locate(located, path, message));
    };
    if (parents.includes(target)) return refuse(`includes itself through "${written}"`);
    return this.#read(target, parents, () => refuse(`includes "${written}", which does not exist`));
  }

  /** A number that is not decimal has no exact form in JSON, so one that JavaScript would round cannot be kept. */
  #refuseUnsafeNumbers(mount: Mount): void {
    visit(mount.document, {
      Scalar: (_key, node) => {
        if (typeof node.value !== 'number' || Number.isSafeInteger(node.value)) return;
        if (!/^[-+]?0[xo]/i.test(node.source ?? '')) return;
        const line = node.range ? mount.lines.linePos(node.range[0]).line : undefined;
        this.mistakes.push({
          file: mount.file,
          path: '',
          ...(line === undefined ? {} : { line }),
          message: `the number ${node.source ?? node.value} is too large to be kept exactly; write it in quotes`,
        });
      },
    });
  }

  #name(file: string): string {
    return relative(this.root, file);
  }
}

/** `!include file.yaml` as a YAML tag becomes the string the CLI writes in quotes, so one place resolves both. */
const includeTag = { tag: '!include', resolve: (text: string) => `!include ${text}` };

/** A mistake at a place of a value, told by the file that the place came from. */
export function locate(located: LocatedValue, path: ValuePath, message: string): MetadataMistake {
  let mount: Mount | undefined;
  for (const candidate of located.mounts) {
    const covers = candidate.at.every((part, index) => path[index] === part);
    if (covers && (mount === undefined || candidate.at.length >= mount.at.length)) mount = candidate;
  }
  if (mount === undefined) return { file: '', path: formatPath(path), message };
  const inside = [...mount.inside, ...path.slice(mount.at.length)];
  const line = findLine(mount, inside);
  return {
    file: mount.file,
    path: formatPath(inside),
    ...(line === undefined ? {} : { line }),
    message,
  };
}

/** Hangs values from several files under the keys of one object. */
export function mountAll(parts: Readonly<Record<string, LocatedValue | undefined>>): LocatedValue {
  const value: Record<string, unknown> = {};
  const mounts: Mount[] = [];
  for (const [key, part] of Object.entries(parts)) {
    if (part === undefined) continue;
    value[key] = part.value;
    for (const mount of part.mounts) mounts.push({ ...mount, at: [key, ...mount.at] });
  }
  return { value, mounts };
}

/** The line of the deepest part of the path that is in the file. */
function findLine(mount: Mount, path: ValuePath): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? mount.document.contents : mount.document.getIn(path.slice(0, length), true);
    const range = (node as { range?: readonly number[] | null } | null | undefined)?.range;
    if (range?.[0] === undefined) continue;
    return mount.lines.linePos(range[0]).line;
  }
  return undefined;
}
