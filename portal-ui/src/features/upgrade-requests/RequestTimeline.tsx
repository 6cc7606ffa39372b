import type { IconName } from '@tierline/design';
import { Icon } from '../../components/Icon.tsx';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import type { Messages } from '../../messages/en.ts';
import { useMessages } from '../../messages/messages.tsx';
import styles from './RequestTimeline.module.css';
import type { UpgradeRequest } from './upgrade-request.ts';

type TimelineEvent = UpgradeRequest['events'][number];

const iconOf: Readonly<Record<string, IconName>> = {
  submitted: 'mail',
  approved: 'check',
  rejected: 'cross',
  cancelled: 'slash',
  tier_changed: 'star',
};

/** What happened to a request, the oldest first. */
export function RequestTimeline({
  events,
  nameOf,
}: {
  events: readonly TimelineEvent[];
  nameOf: (level: number) => string;
}) {
  const messages = useMessages();
  return (
    <ol className={styles.timeline}>
      {events.map((event) => (
        <li key={event.id} className={styles[event.kind] ?? ''}>
          <span className={styles.dot}>
            <Icon name={iconOf[event.kind] ?? 'info'} size={18} />
          </span>
          <div>
            <p>
              {sentenceOf(event, messages)}
              {event.from_tier != null && event.to_tier != null && (
                <span className={styles.move}>
                  {messages.timeline.tierMove(nameOf(event.from_tier), nameOf(event.to_tier))}
                </span>
              )}
            </p>
            {/* A cancelled request's note is the software's own and says, in English, what the sentence above says. */}
            {event.note && event.kind !== 'cancelled' && <blockquote>{event.note}</blockquote>}
            <p className={styles.when}>
              <RelativeTime at={event.at} />
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

function sentenceOf({ kind, actor_role }: TimelineEvent, { timeline }: Messages): string {
  const byVendor = actor_role === 'vendor';
  switch (kind) {
    case 'submitted':
      return byVendor ? timeline.submitted : timeline.submittedForYou;
    case 'cancelled':
      return byVendor ? timeline.cancelled : timeline.cancelledForYou;
    case 'approved':
    case 'rejected':
    case 'tier_changed':
      return timeline[kind];
    default:
      return timeline.other;
  }
}
