import { lazy, Suspense, useCallback, useEffect } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { useBackOnline } from '../lib/use-back-online.ts';
import { useMessages } from '../messages/messages.tsx';
import { LoginPage } from '../routes/LoginPage.tsx';
import { SessionUserProvider, useSessionState, useSessionStore } from '../session/SessionProvider.tsx';
import { FullPageMessage } from './FullPageMessage.tsx';
import { loadSignedIn, prefetchSignedIn } from './load-signed-in.ts';
import { PageSkeleton } from './PageSkeleton.tsx';
import { loginPath, paths } from './paths.ts';

const ForgotPasswordPage = lazy(() =>
  import('../routes/PasswordPages.tsx').then((module) => ({ default: module.ForgotPasswordPage })),
);
const ResetPasswordPage = lazy(() =>
  import('../routes/PasswordPages.tsx').then((module) => ({ default: module.ResetPasswordPage })),
);
const SignedIn = lazy(() => loadSignedIn().then((module) => ({ default: module.SignedIn })));

/** Who may see what: the sign-in and password pages are for everyone, all else for somebody who is signed in. */
export function App() {
  return (
    <Suspense fallback={null}>
      <Routes>
        <Route path={paths.login} element={<LoginPage />} />
        <Route path={paths.forgotPassword} element={<ForgotPasswordPage />} />
        <Route path={paths.resetPassword} element={<ResetPasswordPage />} />
        <Route path="*" element={<BehindSignIn />} />
      </Routes>
    </Suspense>
  );
}

function BehindSignIn() {
  const state = useSessionState();
  const store = useSessionStore();
  const { boot, common } = useMessages();
  const location = useLocation();
  const mayBeSignedIn = state.status !== 'signed-out';

  useEffect(() => {
    // Fetched beside the session, not after it: one round trip less before the page stands.
    if (mayBeSignedIn) prefetchSignedIn();
  }, [mayBeSignedIn]);

  const restore = useCallback(() => void store.restore(), [store]);
  useBackOnline(state.status === 'unreachable', restore);

  switch (state.status) {
    case 'unknown':
      return <PageSkeleton />;
    case 'unreachable':
      return (
        <FullPageMessage
          title={boot.unreachableTitle}
          body={boot.unreachableBody}
          action={common.retry}
          onAction={restore}
        />
      );
    case 'signed-out': {
      const from = `${location.pathname}${location.search}${location.hash}`;
      // Who leaves by choice comes back to the front door, not to where somebody else was.
      const to = state.reason === 'signed-out' ? paths.login : loginPath(from);
      return <Navigate to={to} replace />;
    }
    case 'signed-in':
      return (
        <SessionUserProvider value={state.session.user}>
          <Suspense fallback={<PageSkeleton />}>
            {/* Another person in the same tab gets a fresh tree: nothing of the one before may show through. */}
            <SignedIn key={state.session.user.id} />
          </Suspense>
        </SessionUserProvider>
      );
  }
}
