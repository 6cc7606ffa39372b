import { ApolloProvider } from '@apollo/client/react';
import { useState } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { ToastProvider } from '../components/Toasts.tsx';
import { createApolloClient } from '../lib/graphql/apollo-client.ts';
import { createConnectionStore } from '../lib/graphql/connection-store.ts';
import { useMessages } from '../messages/messages.tsx';
import { DashboardPage } from '../routes/DashboardPage.tsx';
import { NotFoundPage } from '../routes/NotFoundPage.tsx';
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
  return (
    <ApolloProvider client={client}>
      <ToastProvider>
        <a className={styles.skip} href="#content">
          {nav.skip}
        </a>
        <Header />
        <ConnectionBanner connection={connection} />
        <main className={styles.main} id="content" tabIndex={-1}>
          <Routes>
            <Route path="/" element={<Navigate to={paths.dashboard} replace />} />
            <Route path={paths.dashboard} element={<DashboardPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
        </main>
      </ToastProvider>
    </ApolloProvider>
  );
}
