import { Icon } from '../../components/Icon.tsx';
import { useMessages } from '../../messages/messages.tsx';
import styles from './FeatureList.module.css';

/** What a tier gives, ticked off. */
export function FeatureList({ features, columns }: { features: readonly string[]; columns?: boolean }) {
  const { tiers } = useMessages();
  return (
    <ul className={`${styles.list} ${columns ? styles.columns : ''}`}>
      {features.map((feature) => (
        <li key={feature}>
          <Icon name="tick" size={18} />
          <span>{tiers.features[feature] ?? feature}</span>
        </li>
      ))}
    </ul>
  );
}
