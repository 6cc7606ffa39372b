import type { ReactNode } from 'react';
import { Icon } from '../components/Icon.tsx';
import { LogoMark } from '../components/LogoMark.tsx';
import { useSignInTexts } from '../i18n/use-sign-in-texts.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import './sign-in.css';

/** The page around everything that comes before the console. */
export function Frame({
  heading,
  lead,
  children,
}: {
  readonly heading: string;
  readonly lead: string;
  readonly children?: ReactNode;
}) {
  const texts = useSignInTexts();
  return (
    <main className="sign-in">
      <div className="sign-in__panel">
        <div className="sign-in__brand">
          <LogoMark size={28} />
          {texts.product}
        </div>
        <h1 className="sign-in__heading">{heading}</h1>
        <p className="sign-in__lead">{lead}</p>
        {children}
      </div>
      <LanguageSwitch />
    </main>
  );
}

/** Says why something did not work. */
export function Problem({ children }: { readonly children: string }) {
  return (
    <div className="sign-in__notice" role="alert">
      <Icon name="alert" />
      <p>{children}</p>
    </div>
  );
}
