import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { FrontDoor } from '../app/FrontDoor.tsx';
import { loginParams, paths } from '../app/paths.ts';
import { usePageTitle } from '../app/use-page-title.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Notice } from '../components/Notice.tsx';
import { ForgotPasswordForm } from '../features/session/ForgotPasswordForm.tsx';
import { ResetPasswordForm } from '../features/session/ResetPasswordForm.tsx';
import { useMessages } from '../messages/messages.tsx';
import { useSessionStore } from '../session/SessionProvider.tsx';

/** For somebody who has forgotten their password. */
export function ForgotPasswordPage() {
  const { password, titles } = useMessages();
  const [sentTo, setSentTo] = useState<string>();
  usePageTitle(titles.forgotPassword);
  if (sentTo !== undefined) {
    return (
      <FrontDoor key="sent" heading={password.sentTitle} lead={password.sentBody(sentTo)} takesFocus>
        <Notice tone="info" icon="mail">
          {password.sentHint}
        </Notice>
        <Button onClick={() => setSentTo(undefined)}>{password.another}</Button>
        <BackToSignIn />
      </FrontDoor>
    );
  }
  return (
    <FrontDoor heading={password.forgotHeading} lead={password.forgotLead}>
      <ForgotPasswordForm onSent={setSentTo} />
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
  const [dead, setDead] = useState<{ token: string; isInDoubt: boolean }>();
  usePageTitle(titles.resetPassword);

  async function finish() {
    // The sessions of that user have ended on the server. Should one be open here, it is not to look alive.
    if (store.state().status === 'signed-in') await store.signOut().catch(() => undefined);
    navigate(`${paths.login}?${loginParams.passwordSet}`, { replace: true });
  }

  if (token === '' || token === dead?.token) {
    return (
      <FrontDoor
        key="dead"
        heading={password.deadTitle}
        lead={dead?.isInDoubt ? password.deadInDoubt : password.deadBody}
        takesFocus={token !== ''}
      >
        <ButtonLink to={paths.forgotPassword}>{password.askNew}</ButtonLink>
        <BackToSignIn />
      </FrontDoor>
    );
  }
  return (
    <FrontDoor heading={password.resetHeading} lead={password.resetLead}>
      <ResetPasswordForm
        token={token}
        onDone={() => void finish()}
        onDead={(isInDoubt) => setDead({ token, isInDoubt })}
      />
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
