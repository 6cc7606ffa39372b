import { Icon } from '../../components/Icon.tsx';
import { useMessages } from '../../messages/messages.tsx';
import styles from './RequestStory.module.css';
import { RequestTimeline } from './RequestTimeline.tsx';
import type { UpgradeRequest } from './upgrade-request.ts';

/** What was written in a request and what became of it, folded away until somebody wants to read it. */
export function RequestStory({
  request,
  nameOf,
}: {
  request: UpgradeRequest;
  nameOf: (level: number) => string;
}) {
  const { history } = useMessages();
  return (
    <details className={styles.story}>
      <summary>
        {history.details}
        <Icon name="chevron-down" size={16} />
      </summary>
      <div className={styles.inside}>
        <div>
          <h3>{history.wrote}</h3>
          <p className={styles.text}>{request.business_justification}</p>
        </div>
        <div>
          <h3>{history.timeline}</h3>
          <RequestTimeline events={request.events} nameOf={nameOf} />
        </div>
      </div>
    </details>
  );
}
