import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { Link as RouterLink } from 'react-router';
import { Mark } from '../components/Mark.tsx';
import { formatNumber } from '../format/number.ts';
import { TimeAgo } from '../format/TimeAgo.tsx';
import { useText } from '../i18n/use-text.ts';
import { ListSearch, ListSelect } from '../list/ListFilters.tsx';
import { ListPage } from '../list/ListPage.tsx';
import type { Column } from '../list/types.ts';
import { requestPath } from '../upgrade-requests/paths.ts';
import { TierBadge } from '../upgrade-requests/TierBadge.tsx';
import { useTiers } from '../upgrade-requests/useTiers.ts';
import { VENDORS, vendorPath } from './paths.ts';

interface VendorRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly tier: number;
  readonly is_beta: boolean;
  readonly created_at: string;
  readonly locations_aggregate: { readonly aggregate: { readonly count: number } | null };
  /** The pending one, if there is one. */
  readonly requests: readonly { readonly id: string; readonly target_tier: number }[];
}

const columns: readonly Column<VendorRow>[] = [
  {
    key: 'name',
    label: 'vendors.columns.name',
    sortBy: 'name',
    ascendingFirst: true,
    render: (vendor) => (
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, minWidth: 0 }}>
        <Link
          component={RouterLink}
          to={vendorPath(vendor.id)}
          sx={{ color: 'text.primary', fontWeight: 500, overflow: 'hidden', textOverflow: 'ellipsis' }}
        >
          {vendor.name}
        </Link>
        {vendor.is_beta && <BetaMark />}
      </Box>
    ),
  },
  {
    key: 'tier',
    label: 'vendors.columns.tier',
    sortBy: 'tier',
    width: 110,
    render: (vendor) => <TierBadge level={vendor.tier} />,
  },
  {
    key: 'request',
    label: 'vendors.columns.request',
    width: 160,
    render: ({ requests: [pending] }) => pending && <PendingLink request={pending} />,
  },
  {
    key: 'locations',
    label: 'vendors.columns.locations',
    width: 120,
    render: (vendor) => formatNumber(vendor.locations_aggregate.aggregate?.count ?? 0),
  },
  {
    key: 'email',
    label: 'vendors.columns.email',
    width: '26%',
    render: (vendor) => (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {vendor.email}
      </Box>
    ),
  },
  {
    key: 'since',
    label: 'vendors.columns.since',
    sortBy: 'created_at',
    width: 132,
    render: (vendor) => <TimeAgo at={vendor.created_at} />,
  },
];

function BetaMark() {
  const text = useText();
  return (
    <Mark kind="info" icon="star">
      {text('request.beta')}
    </Mark>
  );
}

function PendingLink({ request }: { readonly request: VendorRow['requests'][number] }) {
  const text = useText();
  const { name } = useTiers();
  return (
    <Link component={RouterLink} to={requestPath(request.id)}>
      {text('vendors.asksFor', { tier: name(request.target_tier) })}
    </Link>
  );
}

/** All vendors, to look one up or to see who is on which tier. */
export function VendorList() {
  const text = useText();
  const { tiers } = useTiers();
  return (
    <ListPage
      resource={VENDORS}
      title="vendors.title"
      sort={{ field: 'name', order: 'ASC' }}
      columns={columns}
      empty={{ icon: 'store', title: 'vendors.emptyTitle', body: 'vendors.emptyBody' }}
      filters={
        <>
          <ListSearch label={text('vendors.search')} />
          <ListSelect
            name="tier"
            label={text('vendors.columns.tier')}
            any={text('vendors.anyTier')}
            choices={tiers.map(({ level, name }) => ({ value: level, label: name }))}
          />
          <ListSelect
            name="waiting"
            label={text('vendors.columns.request')}
            any={text('vendors.anyRequest')}
            choices={[{ value: 'yes', label: text('vendors.withRequest') }]}
          />
          <ListSelect
            name="beta"
            label={text('request.beta')}
            any={text('vendors.anyBeta')}
            choices={[
              { value: 'yes', label: text('vendors.inBeta') },
              { value: 'no', label: text('vendors.notInBeta') },
            ]}
          />
        </>
      }
    />
  );
}
