import { Navigate, useSearchParams } from 'react-router';
import { FrontDoor } from '../app/FrontDoor.tsx';
import { PageSkeleton } from '../app/PageSkeleton.tsx';
import { loginParams, nextAfterLogin } from '../app/paths.ts';
import { usePageTitle } from '../app/use-page-title.ts';
import { Notice } from '../components/Notice.tsx';
import { SignInForm } from '../features/session/SignInForm.tsx';
import { useMessages } from '../messages/messages.tsx';
import { useSessionState } from '../session/SessionProvider.tsx';

/** The front door. Who is signed in already goes straight through. */
export function LoginPage() {
  const { login, titles } = useMessages();
  const state = useSessionState();
  const [search] = useSearchParams();
  usePageTitle(titles.login);

  if (state.status === 'signed-in') return <Navigate to={nextAfterLogin(search)} replace />;
  // Somebody may be signed in: the answer is a moment away, and a form that vanishes would be a flash.
  if (state.status === 'unknown') return <PageSkeleton />;
  const reason = state.status === 'signed-out' ? state.reason : 'none';
  const isPasswordSet = search.has(loginParams.passwordSet);
  return (
    <FrontDoor heading={login.heading} lead={login.lead}>
      {isPasswordSet ? (
        <Notice tone="success" role="status">
          {login.passwordSet}
        </Notice>
      ) : (
        <>
          {reason === 'ended' && (
            <Notice tone="warning" role="status">
              {login.ended}
            </Notice>
          )}
          {reason === 'signed-out' && (
            <Notice tone="success" role="status">
              {login.signedOut}
            </Notice>
          )}
        </>
      )}
      <SignInForm />
    </FrontDoor>
  );
}
