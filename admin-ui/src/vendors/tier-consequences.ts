import type { Text } from '../i18n/use-text.ts';
import type { VendorPageVendor } from './vendor-page.ts';

type Affected = Pick<VendorPageVendor, 'tier' | 'locations_aggregate' | 'requests'>;

/**
 * What a direct change of tier does besides: to locations over the new limit, to a pending request, and that the vendor
 * hears of it. `max` is the new tier's number of locations; null for as many as they like.
 */
export function describeConsequences(
  vendor: Affected,
  target: number,
  max: number | null | undefined,
  tierName: (level: number) => string,
  text: Text,
): readonly string[] {
  const lines: string[] = [];
  const used = vendor.locations_aggregate.aggregate?.count ?? 0;
  if (typeof max === 'number' && used > max) {
    lines.push(text('vendors.overLimit', { used, max, tier: tierName(target) }));
  } else if (target < vendor.tier) {
    lines.push(text('vendors.losesFeatures', { from: tierName(vendor.tier), tier: tierName(target) }));
  }
  const pending = vendor.requests.find((request) => request.status === 'pending');
  if (pending) {
    lines.push(
      text(pending.target_tier <= target ? 'vendors.requestCancelled' : 'vendors.requestStays', {
        tier: tierName(pending.target_tier),
      }),
    );
  }
  lines.push(text('vendors.vendorTold'));
  return lines;
}
