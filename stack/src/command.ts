import { type ParseArgsConfig, parseArgs } from 'node:util';
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

/** The options of a command line; a mistake leaves as one sentence, followed by how to use the command. */
export function readOptions<const T extends NonNullable<ParseArgsConfig['options']>>(
  options: T,
  usage: string,
) {
  // Without `--` before them npm keeps options of the form --name=value for itself, and the command would run with none.
  const kept = Object.keys(options).find((name) => process.env[`npm_config_${name}`] !== undefined);
  if (kept !== undefined)
    throw new StackStartError(`npm kept --${kept} for itself; put -- before the options. ${usage}`);
  try {
    return parseArgs({ options, strict: true }).values;
  } catch (cause) {
    // Node goes on with advice that only fits other commands.
    const [complaint] = (cause instanceof Error ? cause.message : String(cause)).split(/[.\n]\s/);
    throw new StackStartError(`${complaint?.replace(/\.$/, '')}. ${usage}`, { cause });
  }
}
