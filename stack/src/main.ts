import { parseArgs } from 'node:util';
import { PostgresStartError } from '@tierline/postgres';
import { StackStartError } from './errors.ts';
import { watchLauncher } from './launcher.ts';
import { createLogWriter } from './log-writer.ts';
import { loadDotEnv } from './settings/load-dot-env.ts';
import { readSettings } from './settings/read-settings.ts';
import { type Stack, startStack } from './start-stack.ts';
import { describeStack } from './summary.ts';

/** `npm start`: everything, embedded, until a signal. */
async function main(): Promise<void> {
  const isTerminal = process.stdout.isTTY === true;
  const { withUi } = readArguments();
  loadDotEnv();
  const settings = readSettings(process.env, { isTerminal });
  const interruption = new AbortController();
  const interrupted = new Promise<void>((resolve) => {
    const interrupt = (reason: string) => {
      interruption.abort(new StackStartError(`Stopped by ${reason}.`));
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => interrupt(signal));
    watchLauncher(() => interrupt('the end of npm'));
  });
  const log = createLogWriter(settings.logFormat, process.stdout);
  const stack = await startStack({ settings, withUi, log, signal: interruption.signal });
  process.stdout.write(`${describeStack(stack, settings, isTerminal)}\n`);
  process.stdout.write(`ready in ${process.uptime().toFixed(1)} s. Press Ctrl-C to stop.\n`);
  await runUntilEnd(stack, interrupted);
}

async function runUntilEnd(stack: Stack, interrupted: Promise<void>): Promise<void> {
  const failure = await Promise.race([interrupted, stack.failed]);
  await stack.stop();
  if (failure !== undefined) throw new StackStartError(failure);
}

function readArguments(): { withUi: boolean } {
  try {
    // parseArgs knows `--no-ui` only as an option of that very name
    const { values } = parseArgs({ options: { 'no-ui': { type: 'boolean', default: false } }, strict: true });
    return { withUi: !values['no-ui'] };
  } catch (cause) {
    throw new StackStartError(
      `${cause instanceof Error ? cause.message : cause} Use: npm start [-- --no-ui]`,
      { cause },
    );
  }
}

// Whoever read our output may be gone before we are; stopping in order matters more than the last lines.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  await main();
  process.exit(0);
} catch (error) {
  const isExplained = error instanceof StackStartError || error instanceof PostgresStartError;
  process.stderr.write(
    `${isExplained ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
}
