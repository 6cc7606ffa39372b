// @vitest-environment node
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';

type Built = Extract<Awaited<ReturnType<typeof build>>, { output: unknown }>['output'];

const ceiling = 130_000;
let output: Built;

beforeAll(async () => {
  process.env.NODE_ENV = 'production';
  const result = await build({
    root: new URL('..', import.meta.url).pathname,
    logLevel: 'error',
    mode: 'production',
    build: { write: false },
  });
  if (!('output' in result)) throw new Error('vite gave no single build');
  output = result.output;
}, 120_000);

const scripts = () => output.filter((file) => file.type === 'chunk');
const html = () => {
  const page = output.find((file) => file.fileName === 'index.html');
  return page?.type === 'asset' ? String(page.source) : '';
};

describe('the built portal', () => {
  it('needs less than 130 kB of gzipped JavaScript for the sign-in page', () => {
    const byName = new Map(scripts().map((chunk) => [chunk.fileName, chunk]));
    const needed = new Set<string>();
    const visit = (name: string) => {
      const chunk = byName.get(name);
      if (!chunk || needed.has(name)) return;
      needed.add(name);
      chunk.imports.forEach(visit);
    };
    for (const chunk of byName.values()) if (chunk.isEntry) visit(chunk.fileName);
    const bytes = [...needed].reduce((sum, name) => sum + gzipSync(byName.get(name)!.code).length, 0);
    console.log(`sign-in page: ${bytes} bytes of gzipped JavaScript`);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(ceiling);
    const text = [...needed].map((name) => byName.get(name)!.code).join('');
    expect(text).not.toContain('graphql-transport-ws');
  });

  it('keeps to a strict Content Security Policy: no inline script, no inline style, nothing from elsewhere', () => {
    expect(html()).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(html()).not.toMatch(/<style|style=|\son\w+=/);
    for (const [, address] of html().matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(address).toMatch(/^\/portal\//);
    }
    for (const file of output) {
      if (file.fileName.endsWith('.css') && file.type === 'asset') {
        expect(String(file.source)).not.toMatch(/url\(|@import/);
      }
    }
  });
});
