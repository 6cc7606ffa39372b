import { inject } from 'vitest';
import type { InstalledChromium } from './chromium.ts';

/** Where a running stack is, and what a test may need to look behind it. */
export interface ProvidedStack {
  readonly portal: string;
  readonly admin: string;
  readonly engine: string;
  readonly actions: string;
  /** The page of the mail catcher. */
  readonly mail: string;
  readonly adminSecret: string;
}

declare module 'vitest' {
  /** What the global setup hands to the journeys. */
  interface ProvidedContext {
    chromium: InstalledChromium;
    /** One for each file that runs at the same time. */
    stacks: readonly ProvidedStack[];
  }
}

/** The stack of this file: no other uses it at the same time, though others have used it before. */
export function theStack(): ProvidedStack {
  const stacks = inject('stacks');
  // Source: https://vitest.dev/guide/migration (VITEST_POOL_ID runs from 1 to the number of workers).
  const stack = stacks[Number(process.env.VITEST_POOL_ID) - 1];
  if (!stack)
    throw new Error(`worker ${process.env.VITEST_POOL_ID} has no stack: ${stacks.length} were started`);
  return stack;
}
