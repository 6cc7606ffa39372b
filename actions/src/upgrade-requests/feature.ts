/** Whether a vendor may ask for an upgrade at all: the feature flag of the roll-out. */

import type { Queryable } from '../db.ts';
import type { Vendor } from '../vendors/vendor-store.ts';

const FEATURE_KEY = 'tier_upgrade_requests';

/** A missing flag is a feature that is off. */
export async function isUpgradeFeatureOn(db: Queryable, vendor: Vendor): Promise<boolean> {
  const [flag] = await db.query<{ audience: 'none' | 'beta' | 'all' }>(
    'select audience from public.feature_flags where key = $1',
    [FEATURE_KEY],
  );
  return flag?.audience === 'all' || (flag?.audience === 'beta' && vendor.isBeta);
}
