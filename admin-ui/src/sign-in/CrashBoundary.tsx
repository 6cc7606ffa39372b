import { Component, type ReactNode } from 'react';
import { useSignInTexts } from '../i18n/use-sign-in-texts.ts';
import { SplashMessage } from './Splash.tsx';

interface CrashBoundaryProps {
  readonly children: ReactNode;
  /** What stands in place of that which broke; a whole page, unless said otherwise. */
  readonly fallback?: ReactNode;
}

/** The last net: whatever breaks while drawing ends in a message that says so and offers to load again. */
export class CrashBoundary extends Component<CrashBoundaryProps, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    const { children, fallback = <Crashed /> } = this.props;
    return this.state.crashed ? fallback : children;
  }
}

/** The page that says that nothing can be drawn any more. */
export function Crashed() {
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
