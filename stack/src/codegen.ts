import { parseArgs } from 'node:util';
import { findDifferences, type GeneratedFile, writeFiles } from './codegen/compare.ts';
import { printRoleSchemas } from './codegen/role-schemas.ts';
import { generateClients } from './codegen/typed-clients.ts';

/** `npm run codegen [-- --check]`: role schemas first, then the clients typed by them. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const differing = [
    ...(await settle(printRoleSchemas, values.check)),
    ...(await settle(generateClients, values.check)),
  ];
  const paths = differing.map((file) => `  ${file.path}`).join('\n');
  if (differing.length === 0) {
    process.stdout.write('Generated files are up to date.\n');
  } else if (values.check) {
    process.stderr.write(
      `These files differ from what npm run codegen makes; run it and commit them:\n${paths}\n`,
    );
    process.exitCode = 1;
  } else {
    process.stdout.write(`Written:\n${paths}\n`);
  }
}

/** Makes files and, unless only checking, writes those that changed. */
async function settle(make: () => Promise<GeneratedFile[]>, isCheck: boolean): Promise<GeneratedFile[]> {
  const differing = await findDifferences(await make());
  if (!isCheck) await writeFiles(differing);
  return differing;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
