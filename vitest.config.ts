import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { SummaryReporter } from './.ci/summary-reporter.ts';

// npm names its script here on every system, which a shell's own way of setting variables would not.
if (process.env.npm_lifecycle_event === 'test:long') process.env.TIERLINE_LONG = '1';
const isLong = Boolean(process.env.TIERLINE_LONG);
// One seed for everything random in the run; to repeat a run, give it the seed that it printed.
process.env.TIERLINE_SEED ||= isLong ? String(randomInt(2 ** 31)) : '20240131';
if (isLong) console.log(`TIERLINE_SEED=${process.env.TIERLINE_SEED}`);
/** Long parts need long limits. */
const limit = (milliseconds: number): number => (isLong ? 20 * milliseconds : milliseconds);

/** `expect.poll` gives up after a second unless told, which a busy machine needs for less; the test's own limit is near enough. */
const poll = { timeout: limit(20_000), interval: 20 };

/** A busy machine of CI's may starve one test of thousands: it is tried again there, and named at the end of the run. */
const retry = process.env.CI ? 1 : 0;

/** Servers and database: one throw-away PostgreSQL for the run, a database of its own for each file. */
const server: TestProjectInlineConfiguration = {
  test: {
    name: 'server',
    include: [
      '{engine,postgres,actions,stack}/**/*.test.ts',
      'hasura/tests/**/*.test.ts',
      '.ci/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    environment: 'node',
    pool: 'forks',
    globalSetup: ['./postgres/src/global-setup.ts'],
    retry,
    expect: { poll },
    testTimeout: limit(60_000),
    hookTimeout: limit(120_000),
  },
};

/** A user interface, built by its own vite configuration and run in jsdom. */
function ui(name: string): TestProjectInlineConfiguration {
  const root = `./${name}`;
  const viteConfig = `${root}/vite.config.ts`;
  return {
    ...(existsSync(new URL(viteConfig, import.meta.url)) ? { extends: viteConfig } : {}),
    root,
    test: {
      name,
      include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
      environment: 'jsdom',
      pool: 'forks',
      setupFiles: existsSync(new URL(`${root}/src/testing/setup.ts`, import.meta.url))
        ? ['./src/testing/setup.ts']
        : [],
      retry,
      expect: { poll },
      testTimeout: limit(30_000),
    },
  };
}

/**
 * The whole product in a real browser, after everything else, since it needs the machine to itself. Two files at a time:
 * page and servers mostly wait for each other, so that one file alone keeps half a machine busy.
 */
const e2e: TestProjectInlineConfiguration = {
  test: {
    name: 'e2e',
    include: ['e2e/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    sequence: { groupOrder: 1 },
    globalSetup: ['./e2e/global-setup.ts'],
    retry,
    expect: { poll },
    testTimeout: limit(180_000),
    hookTimeout: limit(240_000),
  },
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default', new SummaryReporter()],
    projects: [server, ui('design'), ui('admin-ui'), ui('portal-ui'), e2e],
  },
});
