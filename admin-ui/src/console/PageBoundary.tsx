import Button from '@mui/material/Button';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { Message } from '../components/Message.tsx';
import { useOnline } from '../components/useOnline.ts';
import { useSignInTexts } from '../i18n/use-sign-in-texts.ts';
import { useText } from '../i18n/use-text.ts';
import { CrashBoundary } from '../sign-in/CrashBoundary.tsx';

/**
 * A page that breaks, or whose script cannot be fetched, leaves the frame around it standing; any other page is a fresh
 * start.
 */
export function PageBoundary({ children }: { readonly children: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <CrashBoundary key={pathname} fallback={<PageCrashed />}>
      {children}
    </CrashBoundary>
  );
}

function PageCrashed() {
  const text = useText();
  const texts = useSignInTexts();
  const online = useOnline();
  const isOfflineThen = useRef(!online).current;
  // A script that could not be fetched is asked for again only when the page is.
  useEffect(() => {
    if (isOfflineThen && online) window.location.reload();
  }, [isOfflineThen, online]);
  if (isOfflineThen)
    return <Message icon="offline" title={text('offline.title')} body={text('offline.body')} />;
  return (
    <Message
      icon="alert"
      role="alert"
      title={texts.crashed}
      body={texts.crashedHint}
      action={<Button onClick={() => window.location.reload()}>{texts.reload}</Button>}
    />
  );
}
