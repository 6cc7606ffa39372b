import { join } from 'node:path';
import { generate, loadCodegenConfig } from '@graphql-codegen/cli';
import { PROJECT_ROOT } from '../project.ts';
import type { GeneratedFile } from './compare.ts';

/** Runs GraphQL Code Generator on codegen.yml and answers what it would write. */
export async function generateClients(): Promise<GeneratedFile[]> {
  const { config } = await loadCodegenConfig({ configFilePath: join(PROJECT_ROOT, 'codegen.yml') });
  const files: ReadonlyArray<{ filename: string; content: string }> = await generate(
    { ...config, cwd: PROJECT_ROOT, silent: true },
    false,
  );
  return files.map(({ filename, content }) => ({ path: filename, content }));
}
