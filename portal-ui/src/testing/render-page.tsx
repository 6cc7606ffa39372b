import { ApolloClient, ApolloLink, Observable } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { Subject } from 'rxjs';
import { ToastProvider } from '../components/Toasts.tsx';
import { createCache } from '../lib/graphql/apollo-client.ts';
import { SessionProvider, SessionUserProvider } from '../session/SessionProvider.tsx';
import type { Session } from '../session/session.ts';
import type { SessionStore } from '../session/session-store.ts';
import { userId, vendorId } from './fixtures.ts';

type Variables = Record<string, unknown>;
/** What the server answers to one operation: data, a GraphQL error, or a thrown error for a line that broke. */
export type Answer = (variables: Variables, call: number) => object | Promise<object>;

export const session: Session = {
  accessToken: 'token',
  expiresAt: Date.now() + 900_000,
  user: { id: userId, email: 'vendor1@example.com', vendorId },
};

/** A store of somebody who is signed in and stays so. */
export const signedInStore: SessionStore = {
  state: () => ({ status: 'signed-in', session }),
  subscribe: () => () => {},
  restore: async () => {},
  signIn: async () => {},
  signOut: async () => {},
  changePassword: async () => {},
  accessToken: async () => session.accessToken,
  renew: async () => session.accessToken,
  close: () => {},
};

/** An answer that is an error of the contract. */
export function refusal(code: string, extensions: object = {}) {
  return { errors: [{ message: code, extensions: { code, ...extensions } }] };
}

/** Renders a page with a scripted server; `live` pushes what a subscription would bring. */
export function renderPage(page: ReactNode, answers: Record<string, Answer>, route = '/dashboard') {
  const calls: { name: string; variables: Variables }[] = [];
  const live = new Subject<{ name: string; data: object }>();
  const link = new ApolloLink((operation) => {
    const name = operation.operationName ?? '';
    const { variables } = operation;
    if (operation.operationType === 'subscription') {
      return new Observable((observer) => {
        const subscription = live.subscribe((event) => {
          if (event.name === name) observer.next({ data: event.data } as ApolloLink.Result);
        });
        return () => subscription.unsubscribe();
      });
    }
    calls.push({ name, variables });
    const answer = answers[name];
    return new Observable((observer) => {
      if (!answer) {
        observer.error(new Error(`no answer for ${name}`));
        return;
      }
      const call = calls.filter((made) => made.name === name).length;
      Promise.resolve()
        .then(() => answer(variables, call))
        .then((result) => {
          observer.next(('errors' in result ? result : { data: result }) as ApolloLink.Result);
          observer.complete();
        })
        .catch((error: unknown) => observer.error(error));
    });
  });
  const client = new ApolloClient({ cache: createCache(), link });
  const view = render(
    <SessionProvider store={signedInStore}>
      <SessionUserProvider value={session.user}>
        <ApolloProvider client={client}>
          <MemoryRouter initialEntries={[route]}>
            <ToastProvider>{page}</ToastProvider>
          </MemoryRouter>
        </ApolloProvider>
      </SessionUserProvider>
    </SessionProvider>,
  );
  return {
    ...view,
    callsOf: (name: string) => calls.filter((made) => made.name === name),
    pushLive: (name: string, data: object) => live.next({ name, data }),
  };
}
