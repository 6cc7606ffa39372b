import { Component, type ReactNode } from 'react';
import { useSignInTexts } from '../i18n/use-sign-in-texts.ts';
import { SplashMessage } from './Splash.tsx';

/** The last net: whatever breaks while drawing ends in a page that says so and offers to load again. */
export class CrashBoundary extends Component<
  { readonly children: ReactNode },
  { readonly crashed: boolean }
> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const texts = useSignInTexts();
  return (
    <SplashMessage
      title={texts.crashed}
      hint={texts.crashedHint}
      action={texts.reload}
      onAction={() => window.location.reload()}
    />
  );
}
