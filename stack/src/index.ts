export { StackStartError } from './errors.ts';
export { readSettings } from './settings/read-settings.ts';
export type { Settings } from './settings/types.ts';
export { type Stack, type StackUrls, type StartStackOptions, startStack } from './start-stack.ts';
