import { useFragment } from '@apollo/client/react';
import { useEffect, useId, useRef, useState } from 'react';
import { schemeChoices, useColorScheme } from '../../app/use-color-scheme.ts';
import { Icon } from '../../components/Icon.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { graphql } from '../../gql/gql.ts';
import { toProblem } from '../../lib/graphql/problem.ts';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';
import { useSessionStore, useSessionUser } from '../../session/SessionProvider.tsx';
import styles from './AccountMenu.module.css';

const AccountVendor = graphql(`
  fragment AccountVendor on vendors {
    id
    name
  }
`);

/** Who is signed in, how the page looks, and the way out. */
export function AccountMenu() {
  const messages = useMessages();
  const { nav } = messages;
  const user = useSessionUser();
  const store = useSessionStore();
  const toast = useToast();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { data, complete } = useFragment({
    fragment: AccountVendor,
    from: { __typename: 'vendors', id: user.vendorId },
  });

  useEffect(() => {
    if (!isOpen) return;
    const onPointer = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey);
    };
  }, [isOpen]);

  async function signOut(everywhere: boolean) {
    try {
      await store.signOut({ everywhere });
    } catch (error) {
      toast({ tone: 'danger', text: problemText(toProblem(error), messages) });
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notices the focus leaving; nothing to operate here
    <div
      ref={box}
      className={styles.box}
      onBlur={(event) => {
        if (event.relatedTarget && !box.current?.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-label={complete ? `${nav.account}: ${data.name}` : nav.account}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="store" />
        <span className={styles.name}>{complete ? data.name : user.email}</span>
        <Icon name="chevron-down" size={16} />
      </button>
      <div id={id} className={styles.menu} hidden={!isOpen}>
        <p className={styles.email}>{user.email}</p>
        <SchemeChoice />
        <button type="button" className={styles.item} onClick={() => void signOut(false)}>
          <Icon name="sign-out" />
          {nav.signOut}
        </button>
        <button type="button" className={styles.item} onClick={() => void signOut(true)}>
          <Icon name="lock" />
          {nav.signOutEverywhere}
        </button>
      </div>
    </div>
  );
}

function SchemeChoice() {
  const { nav } = useMessages();
  const [choice, choose] = useColorScheme();
  return (
    <fieldset className={styles.schemes}>
      <legend>{nav.scheme}</legend>
      <div className={styles.segments}>
        {schemeChoices.map((scheme) => (
          <label key={scheme}>
            <input
              type="radio"
              name="scheme"
              className="visually-hidden"
              checked={choice === scheme}
              onChange={() => choose(scheme)}
            />
            <span>{nav.schemes[scheme]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
