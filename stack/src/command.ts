import { PostgresStartError } from '@tierline/postgres';
import { StackStartError } from './errors.ts';

/** Runs a command to its end: a mistake that we can name leaves as its sentence and exit code 1. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const isExplained = error instanceof StackStartError || error instanceof PostgresStartError;
    const text = error instanceof Error ? (isExplained ? error.message : error.stack) : String(error);
    process.stderr.write(`${text}\n`);
    process.exitCode = 1;
  }
}
