import { Link } from 'react-router';
import { Logo } from '../components/Logo.tsx';
import { AccountMenu } from '../features/session/AccountMenu.tsx';
import { useMessages } from '../messages/messages.tsx';
import styles from './Page.module.css';
import { paths } from './paths.ts';

/** The top of every page behind the sign-in. */
export function Header() {
  const { brand, nav } = useMessages();
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <Link to={paths.dashboard} className={styles.brand} aria-label={nav.home}>
          <Logo />
          <span>{brand}</span>
        </Link>
        <AccountMenu />
      </div>
    </header>
  );
}
