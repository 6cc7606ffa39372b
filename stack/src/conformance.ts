import { runConformance } from './conformance/conformance.ts';

// `npm run conformance -- DIR [options]`
const [folder, ...options] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: npm run conformance -- DIR [options of the runner in DIR]');
  process.exitCode = 1;
} else process.exitCode = await runConformance(folder, options);
