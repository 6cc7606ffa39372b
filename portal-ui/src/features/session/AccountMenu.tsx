import { useFragment } from '@apollo/client/react';
import { Link } from 'react-router';
import { LanguageChoice, SchemeChoice } from '../../app/Preferences.tsx';
import { profilePath } from '../../app/paths.ts';
import { Icon } from '../../components/Icon.tsx';
import { usePopover } from '../../components/use-popover.ts';
import { graphql } from '../../gql/gql.ts';
import { useMessages } from '../../messages/messages.tsx';
import { useSessionUser } from '../../session/SessionProvider.tsx';
import styles from './AccountMenu.module.css';
import { useSignOut } from './use-sign-out.ts';

const AccountVendor = graphql(`
  fragment AccountVendor on vendors {
    id
    name
  }
`);

/** Who is signed in, how the page looks and speaks, and the way out. */
export function AccountMenu() {
  const { nav } = useMessages();
  const user = useSessionUser();
  const signOut = useSignOut();
  const { id, isOpen, setOpen, box, button, onBlur } = usePopover();
  const { data, complete } = useFragment({
    fragment: AccountVendor,
    from: { __typename: 'vendors', id: user.vendorId },
  });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notices the focus leaving; nothing to operate here
    <div ref={box} className={styles.box} onBlur={onBlur}>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-label={`${nav.account}: ${complete ? data.name : user.email}`}
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
        <Link className={styles.item} to={profilePath(user.vendorId)} onClick={() => setOpen(false)}>
          <Icon name="user" />
          {nav.profile}
        </Link>
        <div className={styles.preferences}>
          <SchemeChoice />
          <LanguageChoice />
        </div>
        <button type="button" className={styles.item} onClick={() => void signOut()}>
          <Icon name="sign-out" />
          {nav.signOut}
        </button>
        <button type="button" className={styles.item} onClick={() => void signOut({ everywhere: true })}>
          <Icon name="lock" />
          {nav.signOutEverywhere}
        </button>
      </div>
    </div>
  );
}
