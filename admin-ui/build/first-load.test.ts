// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BuiltApp, buildApp } from '../../.ci/built-app.ts';

const FIRST_LOAD = 350_000;
const SCREEN = 100_000;

let app: BuiltApp;
/** What the sign-in page has fetched by the time somebody has typed a password: the queue comes ahead of being asked for. */
let first: ReadonlySet<string>;

beforeAll(async () => {
  app = await buildApp(fileURLToPath(new URL('..', import.meta.url)));
  first = new Set([...app.entry, ...app.neededBy('src/console/Console.tsx')]);
}, 120_000);

describe('the built console', () => {
  it('fetches less than 350 kB of gzipped JavaScript for the sign-in page, the queue behind it included', () => {
    const [signIn, withQueue] = [app.gzipped(app.entry), app.gzipped(first)];
    console.log(`gzipped JavaScript: sign-in page ${signIn} bytes, with the queue ${withQueue}`);
    expect(signIn).toBeGreaterThan(10_000);
    expect(withQueue).toBeGreaterThan(signIn);
    expect(withQueue).toBeLessThan(FIRST_LOAD);
  });

  it('fetches less than 100 kB more for any one screen', () => {
    // Lists read with ra-data-hasura, which comes with the first of them; counted with every screen, it is never missed.
    const reads = app.neededBy('src/providers/generated-reads.ts');
    const added = app.lazyModules.map((module) => ({
      module: module.replace(/^.*\/(admin-ui|node_modules)\//, ''),
      bytes: app.gzipped(
        [...new Set([...app.neededBy(module), ...reads])].filter((name) => !first.has(name)),
      ),
    }));
    added.sort((one, other) => other.bytes - one.bytes);
    console.log(`largest: ${added[0]?.module}, ${added[0]?.bytes} bytes`);
    expect(added.length).toBeGreaterThan(10);
    expect(added.filter(({ bytes }) => bytes >= SCREEN)).toEqual([]);
  });

  it('keeps to a strict Content Security Policy: no inline script, no inline style, nothing from elsewhere', () => {
    expect(app.html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(app.html).not.toMatch(/<style|style=|\son\w+=/);
    for (const [, address] of app.html.matchAll(/(?:src|href)="([^"]+)"/g))
      expect(address).toMatch(/^\/admin\//);
  });
});
