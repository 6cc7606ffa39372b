import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tiers } from '../../testing/fixtures.ts';
import { readTiers, tierAccess } from './tier-access.ts';

const all = readTiers(tiers);

describe('tierAccess', () => {
  it('says what a tier allows and what lies above it', () => {
    expect(tierAccess(all, 2)).toMatchObject({
      name: 'Plus',
      badge: { level: 2, name: 'Plus' },
      maxLocations: 5,
      features: ['Everything in Basic', 'Monthly report'],
      canGrow: true,
      higher: [{ name: 'Pro' }, { name: 'Premier' }],
    });
  });

  it('knows no limit and nothing higher at the top', () => {
    const access = tierAccess(all, 4)!;
    expect(access).toMatchObject({ maxLocations: null, canGrow: false, higher: [] });
    expect(access.locationRoom(1000)).toEqual({ left: null });
  });

  it('says how much room is left, also when a lower tier covers less than there is', () => {
    expect(tierAccess(all, 1)!.locationRoom(0)).toEqual({ left: 1 });
    expect(tierAccess(all, 1)!.locationRoom(4)).toEqual({ left: -3 });
  });

  it('says nothing of a tier that does not exist', () => {
    expect(tierAccess(all, 9)).toBeUndefined();
  });

  it('shows only texts, whatever the JSON column holds', () => {
    expect(readTiers([{ ...tiers[0]!, features: { not: 'a list' } }])[0]?.features).toEqual([]);
    expect(readTiers([{ ...tiers[0]!, features: ['yes', 4, null] }])[0]?.features).toEqual(['yes']);
  });

  it('is the only place that compares tiers', () => {
    const comparison = /\b(level|tier|target_tier|current_tier)\b(\)|!)*\s*[<>]=?\s*[\w(]/;
    const root = join(import.meta.dirname, '../..');
    const guilty = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('gql/') && !path.includes('.test.'))
      .filter((path) => !path.endsWith('tier-access.ts'))
      .filter((path) =>
        readFileSync(join(root, path), 'utf8')
          .split('\n')
          .some((line) => comparison.test(line.replace(/=>/g, ''))),
      );
    // The emblem draws bars up to a level; it decides nothing.
    expect(guilty).toEqual([]);
  });
});
