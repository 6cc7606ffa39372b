import { ApolloProvider } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { ToastProvider } from '../components/Toasts.tsx';
import { LiveNotifications } from '../features/notifications/LiveNotifications.tsx';
import { createApolloClient } from '../lib/graphql/apollo-client.ts';
import { createConnectionStore } from '../lib/graphql/connection-store.ts';
import { refetchWhileLost } from '../lib/graphql/refetch-while-lost.ts';
import { useMessages } from '../messages/messages.tsx';
import { DashboardPage } from '../routes/DashboardPage.tsx';
import { LocationsPage } from '../routes/LocationsPage.tsx';
import { NotFoundPage } from '../routes/NotFoundPage.tsx';
import { NotificationsPage } from '../routes/NotificationsPage.tsx';
import { ProfilePage } from '../routes/ProfilePage.tsx';
import { useSessionStore } from '../session/SessionProvider.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { Header } from './Header.tsx';
import styles from './Page.module.css';
import { paths } from './paths.ts';

/** Everything behind the sign-in. */
export function SignedIn() {
  const session = useSessionStore();
  const { nav } = useMessages();
  const [connection] = useState(createConnectionStore);
  const [client] = useState(() => createApolloClient(session, connection));
  useEffect(() => refetchWhileLost(client, connection), [client, connection]);
  return (
    <ApolloProvider client={client}>
      <ToastProvider>
        <a className={styles.skip} href="#content">
          {nav.skip}
        </a>
        <LiveNotifications>
          <Header />
          <ConnectionBanner connection={connection} />
          <Main />
        </LiveNotifications>
      </ToastProvider>
    </ApolloProvider>
  );
}

/** The page itself. Going to another one puts the reader at its beginning, with eyes and with a screen reader. */
function Main() {
  const { pathname, hash } = useLocation();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
    if (!hash) scrollTo({ top: 0, behavior: 'instant' });
  }, [pathname, hash]);
  return (
    <main ref={main} className={styles.main} id="content" tabIndex={-1}>
      <Routes>
        <Route path="/" element={<Navigate to={paths.dashboard} replace />} />
        <Route path={paths.dashboard} element={<DashboardPage />} />
        <Route path={paths.locations} element={<LocationsPage />} />
        <Route path={paths.notifications} element={<NotificationsPage />} />
        <Route path={paths.profile} element={<ProfilePage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Routes>
    </main>
  );
}
