import { runCli } from './cli/run-cli.ts';

/** The only module that acts when it is imported: the command `hasura-engine`. */
process.exitCode = await runCli(process.argv.slice(2), process.env);
