import { loadBulkData } from './bulk/load-bulk-data.ts';
import { createStepPrinter } from './bulk/print-steps.ts';
import { readOptions, runCommand } from './command.ts';
import { withDatabaseOf } from './data-access.ts';
import { StackStartError } from './errors.ts';
import { loadDotEnv } from './settings/load-dot-env.ts';
import { readSettings } from './settings/read-settings.ts';

const USAGE = 'Use: npm run seed -- --vendors 1000 --requests 100000 --seed 1';
const MAX_ROWS = 50_000_000;

/** `npm run seed`: bulk data for benchmarks and demos. */
async function main(): Promise<void> {
  const option = (fallback: string) => ({ type: 'string', default: fallback }) as const;
  const options = { vendors: option('1000'), requests: option('10000'), seed: option('1') };
  const given = readOptions(options, USAGE);
  const size = {
    vendors: readCount('vendors', given.vendors, 1),
    requests: readCount('requests', given.requests, 0),
    seed: readCount('seed', given.seed, 0),
  };
  loadDotEnv();
  const settings = readSettings(process.env);
  if (settings.isProduction) {
    throw new StackStartError(
      'Bulk data are for benchmarks and demos: everybody knows their password. Refused with NODE_ENV=production.',
    );
  }
  const steps = createStepPrinter(process.stdout);
  try {
    await withDatabaseOf(settings, (url) => loadBulkData(url, size, steps.begin));
  } finally {
    steps.end();
  }
  process.stdout.write(
    `Loaded ${size.vendors} vendors with ${size.requests} requests in ${process.uptime().toFixed(1)} s. ` +
      `They sign in as bulk-vendor1-${size.seed}@example.com and so on, with the password of the demo data.\n`,
  );
}

function readCount(name: string, text: string, least: number): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= least && count <= MAX_ROWS) return count;
  throw new StackStartError(`--${name} must be a whole number from ${least} to ${MAX_ROWS}. ${USAGE}`);
}

await runCommand(main);
