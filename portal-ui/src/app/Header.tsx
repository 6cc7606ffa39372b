import { Link, NavLink } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { Logo } from '../components/Logo.tsx';
import { NotificationBell } from '../features/notifications/NotificationBell.tsx';
import { AccountMenu } from '../features/session/AccountMenu.tsx';
import { useMessages } from '../messages/messages.tsx';
import { useSessionUser } from '../session/SessionProvider.tsx';
import styles from './Header.module.css';
import pageStyles from './Page.module.css';
import { paths, profilePath } from './paths.ts';

/** The top of every page behind the sign-in; on a phone its pages are a bar at the bottom, under the thumb. */
export function Header() {
  const { brand, nav } = useMessages();
  const user = useSessionUser();
  const pages = [
    { to: paths.dashboard, icon: 'star', name: nav.dashboard },
    { to: paths.locations, icon: 'pin', name: nav.locations },
    { to: profilePath(user.vendorId), icon: 'user', name: nav.profile },
  ] as const;
  return (
    <header className={pageStyles.header}>
      <div className={pageStyles.bar}>
        <Link to={paths.dashboard} className={pageStyles.brand} aria-label={nav.home}>
          <Logo />
          <span>{brand}</span>
        </Link>
        <nav className={styles.pages} aria-label={nav.main}>
          {pages.map(({ to, icon, name }) => (
            <NavLink key={to} to={to} className={styles.page}>
              <Icon name={icon} />
              <span>{name}</span>
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
