import { runConformance } from './conformance/conformance.ts';
import { checkConformance, writeConformanceTable } from './conformance/report.ts';

// `npm run conformance -- DIR [--check | --table | options]`
const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) {
  console.error(`Usage: npm run conformance -- DIR [--check | --table | options of the runner in DIR]

  --check  holds the run against the known exceptions (stack/src/conformance/exceptions.json)
  --table  writes the table of docs/hasura-compat.md`);
  process.exitCode = 1;
} else if (options[0] === '--check') process.exitCode = await checkConformance(folder);
else if (options[0] === '--table') process.exitCode = await writeConformanceTable(folder);
else process.exitCode = await runConformance(folder, options);
