// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BuiltApp, buildApp } from '../../.ci/built-app.ts';

const ceiling = 130_000;
let app: BuiltApp;

beforeAll(async () => {
  app = await buildApp(fileURLToPath(new URL('..', import.meta.url)));
}, 120_000);

describe('the built portal', () => {
  it('needs less than 130 kB of gzipped JavaScript for the sign-in page', () => {
    const bytes = app.gzipped(app.entry);
    console.log(`sign-in page: ${bytes} bytes of gzipped JavaScript`);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(ceiling);
    expect(app.codeOf(app.entry)).not.toContain('graphql-transport-ws');
  });

  it('keeps to a strict Content Security Policy: no inline script, no inline style, nothing from elsewhere', () => {
    expect(app.html).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(app.html).not.toMatch(/<style|style=|\son\w+=/);
    for (const [, address] of app.html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(address).toMatch(/^\/portal\//);
    }
    for (const file of app.files) {
      if (file.fileName.endsWith('.css') && file.type === 'asset') {
        expect(String(file.source)).not.toMatch(/url\(|@import/);
      }
    }
  });
});
