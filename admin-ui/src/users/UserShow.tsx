import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useGetIdentity } from 'ra-core';
import { useState } from 'react';
import { Link as RouterLink, useParams } from 'react-router';
import { auditPath } from '../audit/paths.ts';
import { TimelineLines } from '../audit/TimelineLines.tsx';
import { BackLink } from '../components/BackLink.tsx';
import { Entries, Entry } from '../components/Entry.tsx';
import { Message } from '../components/Message.tsx';
import { Notice } from '../components/Notice.tsx';
import { useDocumentTitle } from '../components/PageHeading.tsx';
import { QueryStates } from '../components/QueryStates.tsx';
import { Section } from '../components/Section.tsx';
import { TimeAgo } from '../format/TimeAgo.tsx';
import { formatDate } from '../format/time.ts';
import { UserPageDocument, type UserPageQuery } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { isUuid } from '../providers/filters.ts';
import { useConsoleQuery } from '../providers/useConsoleQuery.ts';
import { TierBadge } from '../upgrade-requests/TierBadge.tsx';
import { vendorPath } from '../vendors/paths.ts';
import { DisableDialog } from './DisableDialog.tsx';
import { usersPath } from './paths.ts';
import { UserRole } from './UserList.tsx';
import { UserState } from './UserState.tsx';
import type { UserPageUser } from './user-page.ts';

/** One user: who they are, whether they may sign in, and what they did. */
export function UserShow() {
  const { id = '' } = useParams();
  return isUuid(id) ? <UserPage key={id} id={id} /> : <UserNotFound />;
}

function UserPage({ id }: { readonly id: string }) {
  const query = useConsoleQuery('user', UserPageDocument, { id });
  if (!query.data) return <QueryStates query={query} />;
  const [user] = query.data.user;
  return user ? <UserDetails user={user} did={query.data.did} /> : <UserNotFound />;
}

function UserNotFound() {
  const text = useText();
  return (
    <Message
      isPage
      icon="search"
      title={text('users.notFoundTitle')}
      body={text('users.notFoundBody')}
      action={
        <Button component={RouterLink} to={usersPath}>
          {text('users.toList')}
        </Button>
      }
    />
  );
}

function UserDetails({ user, did }: { readonly user: UserPageUser; readonly did: UserPageQuery['did'] }) {
  const text = useText();
  const [isAsking, setIsAsking] = useState(false);
  const isMyself = useGetIdentity().identity?.id === user.id;
  const isDisabled = user.disabled_at !== null;
  useDocumentTitle(user.email);
  return (
    <>
      <BackLink to={usersPath}>{text('users.title')}</BackLink>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 4, rowGap: 2, mb: 5 }}>
        <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
          {user.email}
        </Typography>
        <UserState disabledAt={user.disabled_at} />
        <Box sx={{ flex: 1 }} />
        <Button disabled={isMyself} onClick={() => setIsAsking(true)}>
          {text(isDisabled ? 'users.enable' : 'users.disable')}
        </Button>
      </Box>
      {isMyself && (
        <Box sx={{ mb: 4 }}>
          <Notice kind="info">{text('users.myself')}</Notice>
        </Box>
      )}
      <Box
        sx={{
          display: 'grid',
          gap: 4,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 340px' },
          alignItems: 'start',
        }}
      >
        <Section
          title={text('users.did')}
          aside={
            <Link component={RouterLink} to={auditPath({ actor: user.id })} sx={{ fontSize: '0.8125rem' }}>
              {text('vendors.wholeTimeline')}
            </Link>
          }
        >
          <TimelineLines lines={did} />
        </Section>
        <Section title={text('users.profile')}>
          <Entries>
            <Entry label={text('users.columns.role')}>
              <UserRole role={user.role} />
            </Entry>
            {user.vendor && (
              <Entry label={text('users.columns.vendor')}>
                <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2 }}>
                  <Link component={RouterLink} to={vendorPath(user.vendor.id)}>
                    {user.vendor.name}
                  </Link>
                  <TierBadge level={user.vendor.tier} />
                </Box>
              </Entry>
            )}
            <Entry label={text('users.columns.since')}>{formatDate(Date.parse(user.created_at))}</Entry>
            {user.disabled_at && (
              <Entry label={text('users.disabledSince')}>
                <TimeAgo at={user.disabled_at} />
              </Entry>
            )}
          </Entries>
        </Section>
      </Box>
      <DisableDialog user={user} open={isAsking} onClose={() => setIsAsking(false)} />
    </>
  );
}
