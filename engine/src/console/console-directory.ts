import { fileURLToPath } from 'node:url';

/** Where the built console lies. */
export const consoleDirectory = fileURLToPath(new URL('../../dist/console', import.meta.url));
