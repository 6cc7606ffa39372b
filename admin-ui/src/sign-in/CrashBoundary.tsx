import { Component, type ReactNode } from 'react';
import { signInTexts as texts } from '../i18n/sign-in.en.ts';
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
    if (!this.state.crashed) return this.props.children;
    return (
      <SplashMessage
        title={texts.crashed}
        hint={texts.crashedHint}
        action={texts.reload}
        onAction={() => window.location.reload()}
      />
    );
  }
}
