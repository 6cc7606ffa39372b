import { lazy, Suspense, useEffect } from 'react';
import { whenIdle } from './console/when-idle.ts';
import { useSignInTexts } from './i18n/use-sign-in-texts.ts';
import { session, useSessionState } from './session/current-session.ts';
import type { SessionUser } from './session/types.ts';
import { forgotPasswordPath, resetPasswordPath } from './sign-in/paths.ts';
import { SignInPage } from './sign-in/SignInPage.tsx';
import { Splash, SplashMessage } from './sign-in/Splash.tsx';

const importConsole = () => import('./console/Console.tsx');
const Console = lazy(importConsole);

/** A head start while the person reads and types. If it fails, `lazy` tries again and then says so. */
function fetchConsoleEarly(): () => void {
  return whenIdle(() => void importConsole().catch(() => undefined));
}

const ForgotPasswordPage = lazy(() => import('./sign-in/ForgotPasswordPage.tsx'));
const ResetPasswordPage = lazy(() => import('./sign-in/ResetPasswordPage.tsx'));

/**
 * The pages about a forgotten password, and everything else. A mail's link opens its page whether or not somebody is
 * signed in here.
 */
export function App() {
  const { pathname } = window.location;
  if (pathname !== resetPasswordPath && pathname !== forgotPasswordPath) return <SignInOrConsole />;
  return (
    <Suspense fallback={<Splash />}>
      {pathname === resetPasswordPath ? <ResetPasswordPage /> : <ForgotPasswordPage />}
    </Suspense>
  );
}

/**
 * Sign-in or console. A session that expires leaves the console mounted but hidden behind the sign-in page, so that the
 * same person comes back to the very page, filters and half-written note they left; anyone else starts afresh.
 */
function SignInOrConsole() {
  const texts = useSignInTexts();
  const state = useSessionState();
  useEffect(fetchConsoleEarly, []);
  if (state.status === 'checking') return <Splash />;
  if (state.status === 'unreachable') {
    return (
      <SplashMessage
        title={texts.unreachable}
        hint={texts.unreachableHint}
        action={texts.retry}
        onAction={() => void session.start()}
      />
    );
  }
  const user: SessionUser | undefined = state.status === 'signed-out' ? undefined : state.user;
  const signedIn = state.status === 'signed-in';
  return (
    <>
      {!signedIn && <SignInPage signIn={session.signIn} {...(user && { expiredEmail: user.email })} />}
      {user && (
        <div hidden={!signedIn}>
          <Suspense fallback={<Splash />}>
            <Console key={user.id} user={user} active={signedIn} />
          </Suspense>
        </div>
      )}
    </>
  );
}
