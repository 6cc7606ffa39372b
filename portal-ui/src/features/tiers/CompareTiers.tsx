import { Icon } from '../../components/Icon.tsx';
import { useMessages } from '../../messages/messages.tsx';
import styles from './CompareTiers.module.css';
import { FeatureList } from './FeatureList.tsx';
import { TierBadge } from './TierBadge.tsx';
import type { TierAccess } from './tier-access.ts';
import { tierHue } from './tier-hue.ts';

/**
 * Every tier side by side. On a phone its rows turn into cards; the roles are written out because browsers forget that
 * a table is one as soon as its rows are laid out otherwise.
 */
export function CompareTiers({ access }: { access: TierAccess }) {
  const { tiers } = useMessages();
  return (
    <details className={styles.compare}>
      <summary>
        {tiers.compare}
        <Icon name="chevron-down" />
      </summary>
      {/* biome-ignore-start lint/a11y/noRedundantRoles: needed where the layout is no table */}
      <table role="table" className={styles.table}>
        <caption className="visually-hidden">{tiers.compareCaption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {tiers.tier}
            </th>
            <th role="columnheader" scope="col">
              {tiers.locationsColumn}
            </th>
            <th role="columnheader" scope="col">
              {tiers.includes}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {access.all.map((tier) => {
            const isOwn = access.comparedWith(tier.level) === 'same';
            return (
              <tr role="row" key={tier.level} className={`${tierHue(tier.level)} ${isOwn ? styles.own : ''}`}>
                <th role="rowheader" scope="row">
                  <TierBadge level={tier.level} name={tier.name} />
                  {isOwn && <span className={styles.mark}>{tiers.current}</span>}
                </th>
                <td role="cell" className={styles.count}>
                  {tiers.locations(tier.maxLocations)}
                </td>
                <td role="cell">
                  <FeatureList features={tier.features} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: needed where the layout is no table */}
    </details>
  );
}
