import type { Text } from '../i18n/use-text.ts';

/** A feature by its name; one that the console does not know goes by its key. */
export function flagTitle(key: string, text: Text): string {
  return key === 'tier_upgrade_requests' ? text('flags.known.tier_upgrade_requests.title') : key;
}
