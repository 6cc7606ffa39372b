import { Link, NavLink } from 'react-router';
import { Logo } from '../components/Logo.tsx';
import { NotificationBell } from '../features/notifications/NotificationBell.tsx';
import { AccountMenu } from '../features/session/AccountMenu.tsx';
import { useMessages } from '../messages/messages.tsx';
import { useSessionUser } from '../session/SessionProvider.tsx';
import styles from './Header.module.css';
import pageStyles from './Page.module.css';
import { paths, profilePath } from './paths.ts';

/** The top of every page behind the sign-in. */
export function Header() {
  const { brand, nav } = useMessages();
  const user = useSessionUser();
  const pages = [
    { to: paths.dashboard, name: nav.dashboard },
    { to: paths.locations, name: nav.locations },
    { to: profilePath(user.vendorId), name: nav.profile },
  ] as const;
  return (
    <header className={pageStyles.header}>
      <div className={pageStyles.bar}>
        <Link to={paths.dashboard} className={pageStyles.brand} aria-label={nav.home}>
          <Logo />
          <span>{brand}</span>
        </Link>
        <nav className={styles.pages} aria-label={nav.main}>
          {pages.map(({ to, name }) => (
            <NavLink key={to} to={to} className={styles.page}>
              {name}
            </NavLink>
          ))}
        </nav>
        <div className={styles.end}>
          <NotificationBell />
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}
