import { useEffect, useRef } from 'react';
import { tierUpgradeAnchor } from '../../app/paths.ts';
import { Button } from '../../components/Button.tsx';
import { RelativeTime, useClock } from '../../components/RelativeTime.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { reviewSpan, reviewSpanHours } from '../../lib/time.ts';
import { useMessages } from '../../messages/messages.tsx';
import { tierHue } from '../tiers/tier-hue.ts';
import styles from './PendingRequest.module.css';
import { RequestStory } from './RequestStory.tsx';
import { TierMove } from './TierMove.tsx';
import type { UpgradeRequest } from './upgrade-request.ts';

/** Props of the card of a request that waits for its answer. */
export interface PendingRequestProps {
  request: UpgradeRequest;
  nameOf: (level: number) => string;
  reviewHours: number | null;
  /** The request was sent a moment ago from here, so the reader's place is here now. */
  takesFocus: boolean;
  onCancel: () => void;
}

/** A request on its way: where it stands, what was written, and the way to take it back. */
export function PendingRequest({ request, nameOf, reviewHours, takesFocus, onCancel }: PendingRequestProps) {
  const messages = useMessages();
  const { pending } = messages;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);

  const waitedHours = (useClock() - Date.parse(request.created_at)) / 3_600_000;
  // "Usually within a day" is no comfort to somebody who has waited for six.
  const expectation =
    reviewHours === null
      ? undefined
      : waitedHours > reviewSpanHours(reviewHours)
        ? pending.overdue
        : messages.upgrade.usually(reviewSpan(reviewHours, messages));

  return (
    <section
      id={tierUpgradeAnchor}
      className={`${styles.card} ${tierHue(request.target_tier)}`}
      aria-labelledby="pending-heading"
    >
      <div className={styles.head}>
        <div className={styles.title}>
          <h2 id="pending-heading" ref={heading} tabIndex={-1}>
            {pending.heading(nameOf(request.target_tier))}
          </h2>
          <p className={styles.facts}>
            <StatusBadge status="pending" />
            <TierMove from={request.current_tier} to={request.target_tier} nameOf={nameOf} />
          </p>
        </div>
        <Button small onClick={onCancel}>
          {pending.cancel}
        </Button>
      </div>
      <ol className={styles.stages}>
        <li className={styles.done}>
          <span>{pending.sent}</span>
          <small>
            <RelativeTime at={request.created_at} />
          </small>
        </li>
        <li className={styles.now} aria-current="step">
          <span>{pending.inReview}</span>
          <small>{pending.live}</small>
        </li>
        <li>
          <span>{pending.answer}</span>
          {expectation && <small>{expectation}</small>}
        </li>
      </ol>
      <div className={styles.more}>
        <RequestStory request={request} nameOf={nameOf} />
      </div>
    </section>
  );
}
