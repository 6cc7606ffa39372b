/** What the other workspaces may use of the action server. */

export { issueAccessToken } from './accounts/access-token.ts';
export { PasswordHasher } from './accounts/passwords.ts';
export { readSigningKeys } from './accounts/signing-keys.ts';
export { createApp } from './app.ts';
export { type Config, ConfigError, readConfig } from './config.ts';
export { type Database, openDatabase } from './db.ts';
export { createLogger } from './logging.ts';
export { createMetrics } from './metrics.ts';
export type { Services } from './services.ts';
