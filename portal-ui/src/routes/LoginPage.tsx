import { useEffect } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { nextAfterLogin } from '../app/paths.ts';
import { usePageTitle } from '../app/use-page-title.ts';
import { Logo } from '../components/Logo.tsx';
import { Notice } from '../components/Notice.tsx';
import { SignInForm } from '../features/session/SignInForm.tsx';
import { useMessages } from '../messages/messages.tsx';
import { useSessionState } from '../session/SessionProvider.tsx';
import styles from './LoginPage.module.css';

/** The front door. Who is signed in already goes straight through. */
export function LoginPage() {
  const messages = useMessages();
  const { login, brand, titles } = messages;
  const state = useSessionState();
  const [search] = useSearchParams();
  usePageTitle(titles.login);

  useEffect(() => {
    document.body.classList.add(styles.body!);
    return () => document.body.classList.remove(styles.body!);
  }, []);

  if (state.status === 'signed-in') return <Navigate to={nextAfterLogin(search)} replace />;
  // Somebody may be signed in: the answer is a moment away, and a form that vanishes would be a flash.
  if (state.status === 'unknown') return null;
  const reason = state.status === 'signed-out' ? state.reason : 'none';
  return (
    <main className={styles.page}>
      <section className={styles.panel}>
        <p className={styles.brand}>
          <Logo size={36} />
          {brand}
        </p>
        <div className={styles.heading}>
          <h1>{login.heading}</h1>
          <p>{login.lead}</p>
        </div>
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
        <SignInForm />
      </section>
      <aside className={styles.pitch}>
        <div className={styles.steps} aria-hidden="true">
          <span />
          <span />
          <span />
          <span />
        </div>
        <p className={styles.slogan}>{login.pitch}</p>
        <p>{login.pitchBody}</p>
      </aside>
    </main>
  );
}
