import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

type Chunk = Rolldown.OutputChunk;

/** A user interface as it would be served, built in memory. */
export interface BuiltApp {
  readonly files: Rolldown.RolldownOutput['output'];
  /** The page that the browser opens first. */
  readonly html: string;
  /** What the page's own script needs before it runs, itself included. */
  readonly entry: ReadonlySet<string>;
  /** What a chunk needs before it runs, itself included. Named by what it was imported as: the end of its module's path. */
  readonly neededBy: (module: string) => ReadonlySet<string>;
  /** The modules that are imported when they are wanted, as paths. */
  readonly lazyModules: readonly string[];
  /** The text of some scripts, one after the other. */
  readonly codeOf: (names: Iterable<string>) => string;
  /** Bytes of these scripts on the wire, each compressed for itself. */
  readonly gzipped: (names: Iterable<string>) => number;
}

/**
 * Builds a user interface for production, without writing anything.
 * @param root the folder with its `vite.config.ts`
 */
export async function buildApp(root: string): Promise<BuiltApp> {
  process.env.NODE_ENV = 'production';
  const result = await build({ root, logLevel: 'error', mode: 'production', build: { write: false } });
  if (!('output' in result)) throw new Error(`vite gave no single build of ${root}`);
  const files = result.output;
  const chunks = new Map(
    files.filter((file): file is Chunk => file.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const page = files.find((file) => file.fileName === 'index.html');

  function chunkNamed(name: string): Chunk {
    const chunk = chunks.get(name);
    if (!chunk) throw new Error(`the build of ${root} has no script ${name}`);
    return chunk;
  }

  function withImports(starts: readonly Chunk[]): ReadonlySet<string> {
    const needed = new Set<string>();
    const visit = (chunk: Chunk) => {
      if (needed.has(chunk.fileName)) return;
      needed.add(chunk.fileName);
      for (const name of chunk.imports) visit(chunkNamed(name));
    };
    starts.forEach(visit);
    return needed;
  }

  const all = [...chunks.values()];
  return {
    files,
    html: page?.type === 'asset' ? String(page.source) : '',
    entry: withImports(all.filter((chunk) => chunk.isEntry)),
    neededBy: (module) => {
      const chunk = all.find(({ facadeModuleId }) => facadeModuleId?.endsWith(module));
      if (!chunk) throw new Error(`no script of ${root} begins with ${module}`);
      return withImports([chunk]);
    },
    lazyModules: all.flatMap(({ isDynamicEntry, facadeModuleId }) =>
      isDynamicEntry && facadeModuleId ? [facadeModuleId] : [],
    ),
    codeOf: (names) => [...names].map((name) => chunkNamed(name).code).join(''),
    gzipped: (names) => [...names].reduce((sum, name) => sum + gzipSync(chunkNamed(name).code).length, 0),
  };
}
