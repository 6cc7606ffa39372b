import CssBaseline from '@mui/material/CssBaseline';
import { QueryClient } from '@tanstack/react-query';
import { CoreAdminUI, CustomRoutes, memoryStore, Resource } from 'ra-core';
import { type ReactElement, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { AdminContext } from 'react-admin';
import { BrowserRouter, Navigate, Route } from 'react-router';
import { timelinePath } from '../audit/paths.ts';
import { DELIVERIES } from '../deliveries/types.ts';
import { figuresPath } from '../figures/paths.ts';
import { flagsPath } from '../flags/paths.ts';
import { createI18nProvider } from '../i18n/i18n-provider.ts';
import { currentLocale } from '../i18n/locale.ts';
import { ConsoleLayout } from '../layout/ConsoleLayout.tsx';
import { LiveUpdates } from '../live/LiveUpdates.tsx';
import { notificationsPath } from '../notifications/paths.ts';
import { createAuthProvider } from '../providers/auth-provider.ts';
import { createDataProvider } from '../providers/data-provider.ts';
import { createGraphQLClient, GraphQLClientContext } from '../providers/graphql-client.ts';
import { useScheme } from '../scheme/scheme.ts';
import { session } from '../session/current-session.ts';
import type { SessionUser } from '../session/types.ts';
import { settingsPath } from '../settings/paths.ts';
import { Crashed } from '../sign-in/CrashBoundary.tsx';
import { consoleThemes } from '../theme/theme.ts';
import { upgradeRequests } from '../upgrade-requests/index.ts';
import { queuePath } from '../upgrade-requests/paths.ts';
import { UpgradeRequestList } from '../upgrade-requests/UpgradeRequestList.tsx';
import { USERS } from '../users/paths.ts';
import { VENDORS } from '../vendors/paths.ts';
import { ConsoleNotification } from './ConsoleNotification.tsx';
import { FollowLocale } from './FollowLocale.tsx';
import { NotFound } from './NotFound.tsx';
import { PageBoundary } from './PageBoundary.tsx';
import * as pages from './pages.ts';

// Part of arriving: the first thing drawn is in the right language.
const i18nProvider = await createI18nProvider(currentLocale());

interface ConsoleProps {
  readonly user: SessionUser;
  /** False while the session has expired and the console waits, hidden, for the person to sign in again. */
  readonly active: boolean;
}

/**
 * A list's route. Not by the resource's `list`: that would also bring back, after everything else, a scroll position it
 * noted 250 ms after the last scrolling, which may be that of the page one had gone on to.
 */
function listRoute(list: ReactElement): ReactElement {
  return <Route path="/*" element={list} />;
}

function createServices(user: SessionUser) {
  const client = createGraphQLClient(session);
  return {
    client,
    dataProvider: createDataProvider(client, session),
    authProvider: createAuthProvider(session, user),
    queryClient: new QueryClient(),
    // Filters are remembered for the way back from a request, but each tab has its own and starts with what is pending.
    store: memoryStore({ locale: currentLocale() }),
  };
}

/** The review console: providers and the list of resources. */
export default function Console({ user, active }: ConsoleProps) {
  const theme = consoleThemes[useScheme()];
  // Made once: a renewed session announces the same person anew, and must not cost the console what it has loaded.
  const [{ client, dataProvider, authProvider, queryClient, store }] = useState(() => createServices(user));

  // Whatever failed or grew old while nobody was signed in is read again.
  useEffect(() => {
    if (active) void queryClient.invalidateQueries();
  }, [active, queryClient]);

  const layout = useMemo(
    () =>
      function LiveLayout({ children }: { readonly children?: ReactNode }) {
        return (
          <LiveUpdates session={session} userId={user.id}>
            <FollowLocale />
            <ConsoleLayout>
              <PageBoundary>
                <Suspense fallback={null}>{children}</Suspense>
              </PageBoundary>
            </ConsoleLayout>
          </LiveUpdates>
        );
      },
    [user.id],
  );

  return (
    <BrowserRouter basename="/admin">
      <GraphQLClientContext.Provider value={client}>
        {/* Of `Admin` its context alone: each page and the frame is the console's own, so that none of those that
            react-admin would put there has to be fetched. */}
        <AdminContext
          dataProvider={dataProvider}
          authProvider={authProvider}
          i18nProvider={i18nProvider}
          queryClient={queryClient}
          store={store}
          theme={theme}
          darkTheme={null}
        >
          <CssBaseline enableColorScheme />
          <CoreAdminUI layout={layout} error={Crashed} catchAll={NotFound} title="Tierline" disableTelemetry>
            <Resource {...upgradeRequests}>{listRoute(<UpgradeRequestList />)}</Resource>
            <Resource name={VENDORS} show={pages.VendorShow}>
              {listRoute(<pages.VendorList />)}
            </Resource>
            <Resource name={USERS} show={pages.UserShow}>
              {listRoute(<pages.UserList />)}
            </Resource>
            <Resource name={DELIVERIES}>{listRoute(<pages.DeliveryList />)}</Resource>
            <CustomRoutes>
              <Route path="/" element={<Navigate to={queuePath} replace />} />
              <Route path={figuresPath} element={<pages.Figures />} />
              <Route path={timelinePath} element={<pages.AuditTimeline />} />
              <Route path={notificationsPath} element={<pages.NotificationList />} />
              <Route path={flagsPath} element={<pages.FlagList />} />
              <Route path={settingsPath} element={<pages.SettingsPage />} />
            </CustomRoutes>
          </CoreAdminUI>
          <ConsoleNotification />
        </AdminContext>
      </GraphQLClientContext.Provider>
    </BrowserRouter>
  );
}
