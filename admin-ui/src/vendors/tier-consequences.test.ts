import { expect, it } from 'vitest';
import { englishI18nProvider } from '../i18n/i18n-provider.ts';
import type { Text } from '../i18n/use-text.ts';
import { describeConsequences } from './tier-consequences.ts';

const text: Text = (key, values) => englishI18nProvider.translate(`tierline.${key}`, values);
const request = { id: 'r', current_tier: 2, target_tier: 3, created_at: '', reviewed_at: null };
const vendor = (locations: number, status?: string) => ({
  tier: 2,
  locations_aggregate: { aggregate: { count: locations } },
  requests: status ? [{ ...request, status }] : [],
});
const consequences = (locations: number, status: string | undefined, target: number, max: number | null) =>
  describeConsequences(vendor(locations, status), target, max, (level) => `T${level}`, text).join(' ');

it('says what becomes of locations over the limit', () => {
  expect(consequences(4, undefined, 1, 1)).toContain('has 4 locations and T1 covers 1');
  expect(consequences(1, undefined, 1, 1)).not.toContain('covers');
  expect(consequences(400, undefined, 4, null)).not.toContain('covers');
});

it('says what becomes of a pending request, and only of a pending one', () => {
  expect(consequences(1, 'pending', 3, 20)).toContain('for T3 becomes pointless and is cancelled');
  expect(consequences(1, 'pending', 1, 1)).toContain('for T3 stays pending');
  expect(consequences(1, 'approved', 3, 20)).not.toContain('request');
});
