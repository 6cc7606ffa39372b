import type { TiersQuery } from '../../gql/graphql.ts';

/** One tier as the portal speaks of it. */
export interface Tier {
  readonly level: number;
  readonly name: string;
  /** How many locations a vendor may have; null when there is no limit. */
  readonly maxLocations: number | null;
  readonly features: readonly string[];
}

/** A tier above the vendor's own, with what it brings on top. */
export interface HigherTier extends Tier {
  readonly adds: readonly string[];
}

/** How a tier is shown. */
export interface TierBadgeLook {
  readonly level: number;
  readonly name: string;
}

/** What a vendor's tier allows. */
export interface TierAccess {
  readonly level: number;
  readonly name: string;
  readonly badge: TierBadgeLook;
  /** Null when unlimited. */
  readonly maxLocations: number | null;
  readonly features: readonly string[];
  /** The tiers above, the nearest first; empty at the top. */
  readonly higher: readonly HigherTier[];
  readonly canGrow: boolean;
  /** Every tier there is, the lowest first. */
  readonly all: readonly Tier[];
  /** Whether so many locations use up, or exceed, what the tier covers. */
  readonly locationRoom: (used: number) => LocationRoom;
  /** Whether the own tier lies above, below or at another level. */
  readonly comparedWith: (level: number) => 'above' | 'below' | 'same';
  /** What the own tier has that a lower one had not. */
  readonly gainedSince: (level: number) => readonly string[];
  readonly nameOf: (level: number) => string;
}

/** How many more locations fit; `left` is null without a limit and negative when a lower tier no longer covers all. */
export interface LocationRoom {
  readonly left: number | null;
}

/** Reads the rows of the `tiers` table; `features` is JSON, of which only texts are shown. */
export function readTiers(rows: TiersQuery['tiers']): readonly Tier[] {
  return rows
    .map((row) => ({
      level: row.level,
      name: row.name,
      maxLocations: row.max_locations ?? null,
      features: Array.isArray(row.features)
        ? row.features.filter((feature): feature is string => typeof feature === 'string')
        : [],
    }))
    .sort((a, b) => a.level - b.level);
}

/** Says what a level allows. This is the one place that compares tiers. */
export function tierAccess(all: readonly Tier[], level: number): TierAccess | undefined {
  const own = all.find((tier) => tier.level === level);
  if (!own) return undefined;
  const beyond = (tier: Tier, base: Tier) =>
    tier.features.filter((feature) => !base.features.includes(feature));
  const higher = all
    .filter((tier) => tier.level > own.level)
    .map((tier) => ({ ...tier, adds: beyond(tier, own) }));
  return {
    level: own.level,
    name: own.name,
    badge: { level: own.level, name: own.name },
    maxLocations: own.maxLocations,
    features: own.features,
    higher,
    canGrow: higher.length > 0,
    all,
    locationRoom: (used) => ({ left: own.maxLocations === null ? null : own.maxLocations - used }),
    comparedWith: (other) => (own.level > other ? 'above' : own.level < other ? 'below' : 'same'),
    gainedSince(since) {
      const base = all.find((tier) => tier.level === since);
      return base ? beyond(own, base) : own.features;
    },
    nameOf: (other) => all.find((tier) => tier.level === other)?.name ?? String(other),
  };
}
