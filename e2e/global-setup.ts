import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings, startStack } from '@tierline/stack';
import type { TestProject } from 'vitest/node';
import { installChromium } from './chromium.ts';
import type { ProvidedStack } from './provided.ts';
import { logToArtifact, temporaryEnvironment } from './temporary-stack.ts';

/** vitest's global setup of the journeys: a stack with demo data for each worker, and one unpacked browser for the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const artifacts = join(import.meta.dirname, 'artifacts');
  await rm(artifacts, { recursive: true, force: true });
  await mkdir(artifacts, { recursive: true });
  const undo: (() => Promise<unknown>)[] = [];
  const undoAll = async () => {
    for (const one of undo.reverse()) await one();
  };
  try {
    const { chromium, remove } = await installChromium();
    undo.push(remove);
    const stacks: ProvidedStack[] = [];
    const { maxWorkers } = project.config;
    // One after the other: the first builds the pages, which the others then find.
    for (let worker = 1; worker <= Number(maxWorkers); worker++) {
      const temporary = await temporaryEnvironment();
      undo.push(temporary.remove);
      const stack = await startStack({
        settings: readSettings(temporary.env),
        withUi: true,
        log: logToArtifact(`stack-${worker}.log`),
      });
      undo.push(stack.stop);
      stacks.push({
        portal: stack.urls.portal as string,
        admin: stack.urls.admin as string,
        engine: stack.urls.hasura,
        actions: stack.urls.actions,
        mail: stack.urls.mail as string,
        adminSecret: stack.adminSecret,
      });
    }
    project.provide('chromium', chromium);
    project.provide('stacks', stacks);
    return undoAll;
  } catch (error) {
    await undoAll();
    throw error;
  }
}
