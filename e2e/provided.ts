import type { InstalledChromium } from './chromium.ts';

declare module 'vitest' {
  /** What the global setup hands to the journeys. */
  interface ProvidedContext {
    chromium: InstalledChromium;
    stack: {
      readonly portal: string;
      readonly admin: string;
      readonly engine: string;
      /** The page of the mail catcher. */
      readonly mail: string;
      readonly adminSecret: string;
    };
  }
}
