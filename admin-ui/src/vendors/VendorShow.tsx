import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link as RouterLink, useParams } from 'react-router';
import { auditPath } from '../audit/paths.ts';
import { TimelineLines } from '../audit/TimelineLines.tsx';
import { BackLink } from '../components/BackLink.tsx';
import { Entries, Entry } from '../components/Entry.tsx';
import { Mark } from '../components/Mark.tsx';
import { Message } from '../components/Message.tsx';
import { useDocumentTitle } from '../components/PageHeading.tsx';
import { QueryStates } from '../components/QueryStates.tsx';
import { Section } from '../components/Section.tsx';
import { formatDate } from '../format/time.ts';
import { VendorPageDocument } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { isUuid } from '../providers/filters.ts';
import { useConsoleQuery } from '../providers/useConsoleQuery.ts';
import { TierBadge } from '../upgrade-requests/TierBadge.tsx';
import { userPath } from '../users/paths.ts';
import { BetaSwitch } from './BetaSwitch.tsx';
import { ChangeTierDialog } from './ChangeTierDialog.tsx';
import { vendorsPath } from './paths.ts';
import { VendorLocations } from './VendorLocations.tsx';
import { VendorRequests } from './VendorRequests.tsx';
import type { VendorPageVendor } from './vendor-page.ts';

/** One vendor: who they are and what they have, and the direct ways to change it. */
export function VendorShow() {
  const { id = '' } = useParams();
  return isUuid(id) ? <VendorPage key={id} id={id} /> : <VendorNotFound />;
}

function VendorPage({ id }: { readonly id: string }) {
  const query = useConsoleQuery('vendor', VendorPageDocument, { id });
  if (!query.data) return <QueryStates query={query} />;
  const [vendor] = query.data.vendor;
  return vendor ? <VendorDetails vendor={vendor} /> : <VendorNotFound />;
}

function VendorNotFound() {
  const text = useText();
  return (
    <Message
      isPage
      icon="search"
      title={text('vendors.notFoundTitle')}
      body={text('vendors.notFoundBody')}
      action={
        <Button component={RouterLink} to={vendorsPath}>
          {text('vendors.toList')}
        </Button>
      }
    />
  );
}

function VendorDetails({ vendor }: { readonly vendor: VendorPageVendor }) {
  const text = useText();
  const [isChanging, setIsChanging] = useState(false);
  useDocumentTitle(vendor.name);
  return (
    <>
      <BackLink to={vendorsPath}>{text('vendors.title')}</BackLink>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 3, rowGap: 2, mb: 5 }}>
        <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
          {vendor.name}
        </Typography>
        <TierBadge level={vendor.tier} />
        {vendor.is_beta && (
          <Mark kind="info" icon="star">
            {text('request.beta')}
          </Mark>
        )}
        <Box sx={{ flex: 1 }} />
        <Button onClick={() => setIsChanging(true)}>{text('vendors.changeTier')}</Button>
      </Box>
      <Box
        sx={{
          display: 'grid',
          gap: 4,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 372px' },
          alignItems: 'start',
        }}
      >
        <Box sx={{ display: 'grid', gap: 4, minWidth: 0 }}>
          <VendorRequests vendor={vendor} />
          <Section
            title={text('vendors.timeline')}
            aside={
              <Link
                component={RouterLink}
                to={auditPath({ vendor: vendor.id })}
                sx={{ fontSize: '0.8125rem' }}
              >
                {text('vendors.wholeTimeline')}
              </Link>
            }
          >
            <TimelineLines lines={vendor.events} hidesVendor />
          </Section>
        </Box>
        <Box sx={{ display: 'grid', gap: 4, minWidth: 0 }}>
          <Profile vendor={vendor} />
          <VendorLocations vendor={vendor} />
        </Box>
      </Box>
      <ChangeTierDialog vendor={vendor} open={isChanging} onClose={() => setIsChanging(false)} />
    </>
  );
}

function Profile({ vendor }: { readonly vendor: VendorPageVendor }) {
  const text = useText();
  return (
    <Section title={text('vendors.profile')}>
      <Entries>
        <Entry label={text('vendors.columns.email')}>
          <Link href={`mailto:${encodeURIComponent(vendor.email)}`}>{vendor.email}</Link>
        </Entry>
        <Entry label={text('vendors.slug')}>{vendor.slug}</Entry>
        <Entry label={text('vendors.columns.since')}>{formatDate(Date.parse(vendor.created_at))}</Entry>
        <Entry label={text('users.title')}>
          {vendor.users.length === 0 ? (
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {text('vendors.noUsers')}
            </Box>
          ) : (
            vendor.users.map((user) => (
              <Box key={user.id} sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
                <Link component={RouterLink} to={userPath(user.id)}>
                  {user.email}
                </Link>
                {user.disabled_at && (
                  <Mark kind="danger" icon="slash">
                    {text('users.disabled')}
                  </Mark>
                )}
              </Box>
            ))
          )}
        </Entry>
      </Entries>
      <BetaSwitch vendor={vendor} />
    </Section>
  );
}
