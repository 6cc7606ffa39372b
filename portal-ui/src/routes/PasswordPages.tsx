import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { FrontDoor } from '../app/FrontDoor.tsx';
import { loginParams, paths } from '../app/paths.ts';
import { usePageTitle } from '../app/use-page-title.ts';
import { ForgotPasswordForm } from '../features/session/ForgotPasswordForm.tsx';
import { ResetPasswordForm } from '../features/session/ResetPasswordForm.tsx';
import { useMessages } from '../messages/messages.tsx';
import { useSessionStore } from '../session/SessionProvider.tsx';

/** For somebody who has forgotten their password. */
export function ForgotPasswordPage() {
  const { password, titles } = useMessages();
  usePageTitle(titles.forgotPassword);
  return (
    <FrontDoor heading={password.forgotHeading} lead={password.forgotLead}>
      <ForgotPasswordForm />
      <BackToSignIn />
    </FrontDoor>
  );
}

/** Where a mailed link leads. Opening it changes nothing; the token is behind the #, which no server sees. */
export function ResetPasswordPage() {
  const { password, titles } = useMessages();
  const store = useSessionStore();
  const navigate = useNavigate();
  const { hash } = useLocation();
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const [deadToken, setDeadToken] = useState<string>();
  usePageTitle(titles.resetPassword);

  async function finish() {
    // The sessions of that user have ended on the server. Should one be open here, it is not to look alive.
    if (store.state().status === 'signed-in') await store.signOut().catch(() => undefined);
    navigate(`${paths.login}?${loginParams.passwordSet}`, { replace: true });
  }

  if (token === '' || token === deadToken) {
    return (
      <FrontDoor heading={password.deadTitle} lead={password.deadBody}>
        <p>
          <Link to={paths.forgotPassword}>{password.askNew}</Link>
        </p>
        <BackToSignIn />
      </FrontDoor>
    );
  }
  return (
    <FrontDoor heading={password.resetHeading} lead={password.resetLead}>
      <ResetPasswordForm token={token} onDone={() => void finish()} onDead={() => setDeadToken(token)} />
      <BackToSignIn />
    </FrontDoor>
  );
}

function BackToSignIn() {
  const { password } = useMessages();
  return (
    <p>
      <Link to={paths.login}>{password.backToSignIn}</Link>
    </p>
  );
}
