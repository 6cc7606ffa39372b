import { Link } from 'react-router';
import { paths, profilePath } from '../app/paths.ts';
import { Icon } from '../components/Icon.tsx';
import { Panel } from '../components/Panel.tsx';
import type { DashboardVendorFragment } from '../gql/graphql.ts';
import { useMessages } from '../messages/messages.tsx';
import { useSessionUser } from '../session/SessionProvider.tsx';
import styles from './DashboardSummary.module.css';

/** Locations and profile at a glance, with the way to each. */
export function DashboardSummary({ vendor }: { vendor: DashboardVendorFragment }) {
  const { overview } = useMessages();
  const user = useSessionUser();
  const total = vendor.locations_aggregate.aggregate?.count ?? 0;
  const more = total - vendor.locations.length;
  return (
    <div className={styles.columns}>
      <Panel
        title={overview.locations}
        action={
          <Link to={paths.locations}>
            {overview.manageLocations}
            <Icon name="chevron-right" size={16} />
          </Link>
        }
      >
        {total === 0 ? (
          <p className={styles.muted}>{overview.noLocations}</p>
        ) : (
          <ul className={styles.list}>
            {vendor.locations.map((location) => (
              <li key={location.id}>
                <Icon name="pin" size={18} />
                <span>
                  <bdi>{location.name}</bdi> <bdi className={styles.muted}>{location.city}</bdi>
                </span>
              </li>
            ))}
            {more > 0 && <li className={styles.muted}>{overview.andMore(more)}</li>}
          </ul>
        )}
      </Panel>
      <Panel
        title={overview.profile}
        action={
          <Link to={profilePath(vendor.id)}>
            {overview.editProfile}
            <Icon name="chevron-right" size={16} />
          </Link>
        }
      >
        <ul className={styles.list}>
          <li>
            <Icon name="store" size={18} />
            <span>{vendor.name}</span>
          </li>
          <li>
            <Icon name="mail" size={18} />
            <span>{vendor.email}</span>
          </li>
          <li>
            <Icon name="user" size={18} />
            <span>
              <span className={styles.muted}>{overview.signsInAs}</span> {user.email}
            </span>
          </li>
        </ul>
      </Panel>
    </div>
  );
}
