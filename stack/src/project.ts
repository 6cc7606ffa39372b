import { fileURLToPath } from 'node:url';

/** The repository's root, which every path of the stack starts from. */
export const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/[/\\]$/, '');
