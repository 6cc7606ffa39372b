import { ThemeProvider } from '@mui/material/styles';
import { QueryClient } from '@tanstack/react-query';
import {
  CoreAdminContext,
  type DataProvider,
  ResourceContextProvider,
  useNotificationContext,
} from 'ra-core';
import type { ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import {
  QueueNeighboursDocument,
  type QueueNeighboursQuery,
  type QueueOverviewQuery,
  VendorsNamedDocument,
} from '../gql/graphql.ts';
import { englishI18nProvider } from '../i18n/i18n-provider.ts';
import type { ConsoleDataProvider } from '../providers/data-provider.ts';
import { type GraphQLClient, GraphQLClientContext } from '../providers/graphql-client.ts';
import { consoleThemes } from '../theme/theme.ts';
import { REQUESTS } from '../upgrade-requests/types.ts';

import { reviewer, sampleOverview } from './samples.ts';

interface TestConsoleProps {
  readonly children: ReactNode;
  readonly dataProvider?: Partial<ConsoleDataProvider>;
  readonly overview?: QueueOverviewQuery;
  readonly neighbours?: QueueNeighboursQuery;
  readonly at?: string;
  readonly queryClient?: QueryClient;
}

/** The console's surroundings with a scripted server: what a component needs and nothing else. */
export function TestConsole({
  children,
  dataProvider = {},
  overview = sampleOverview(),
  neighbours = { before: [], after: [] },
  at = `/${REQUESTS}`,
  queryClient = new QueryClient(),
}: TestConsoleProps) {
  const client = {
    run: async (document: unknown) => {
      if (document === VendorsNamedDocument) return { vendors: [] };
      return document === QueueNeighboursDocument ? neighbours : overview;
    },
  } as unknown as GraphQLClient;
  return (
    <MemoryRouter initialEntries={[at]}>
      <GraphQLClientContext.Provider value={client}>
        <CoreAdminContext
          dataProvider={dataProvider as DataProvider}
          authProvider={{
            login: () => Promise.resolve(),
            logout: () => Promise.resolve(),
            checkAuth: () => Promise.resolve(),
            checkError: () => Promise.resolve(),
            getIdentity: () => Promise.resolve({ id: reviewer.id, fullName: reviewer.email }),
            getPermissions: () => Promise.resolve(),
          }}
          i18nProvider={englishI18nProvider}
          queryClient={queryClient}
        >
          <ThemeProvider theme={consoleThemes.light}>
            <ResourceContextProvider value={REQUESTS}>
              {children}
              <Probe />
            </ResourceContextProvider>
          </ThemeProvider>
        </CoreAdminContext>
      </GraphQLClientContext.Provider>
    </MemoryRouter>
  );
}

/** Where we are and what was notified, for assertions. */
function Probe() {
  const { pathname, search } = useLocation();
  const { notifications } = useNotificationContext();
  return (
    <>
      <output data-testid="location">{pathname + search}</output>
      <output data-testid="notifications">
        {notifications.map(({ message }) => String(message)).join('\n')}
      </output>
    </>
  );
}
