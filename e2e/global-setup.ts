import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings, startStack } from '@tierline/stack';
import type { TestProject } from 'vitest/node';
import { installChromium } from './chromium.ts';
import './provided.ts';
import { logToArtifact, temporaryEnvironment } from './temporary-stack.ts';

/** vitest's global setup of the journeys: one stack with demo data and one unpacked browser for the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const artifacts = join(import.meta.dirname, 'artifacts');
  await rm(artifacts, { recursive: true, force: true });
  await mkdir(artifacts, { recursive: true });
  const [{ chromium, remove }, temporary] = await Promise.all([installChromium(), temporaryEnvironment()]);
  const tidy = () => Promise.all([remove(), temporary.remove()]);
  try {
    const stack = await startStack({
      settings: readSettings(temporary.env),
      withUi: true,
      log: logToArtifact('stack.log'),
    });
    project.provide('chromium', chromium);
    project.provide('stack', {
      portal: stack.urls.portal as string,
      admin: stack.urls.admin as string,
      engine: stack.urls.hasura,
      mail: stack.urls.mail as string,
      adminSecret: stack.adminSecret,
    });
    return async () => {
      await stack.stop();
      await tidy();
    };
  } catch (error) {
    await tidy();
    throw error;
  }
}
