import type { VendorPageQuery } from '../gql/graphql.ts';

/** A vendor as its page shows it. */
export type VendorPageVendor = VendorPageQuery['vendor'][number];
