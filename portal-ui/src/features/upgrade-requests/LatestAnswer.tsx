import { useEffect, useRef } from 'react';
import { answerAnchor } from '../../app/paths.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { useMessages } from '../../messages/messages.tsx';
import styles from './LatestAnswer.module.css';
import { Reason } from './Reason.tsx';
import { TierMove } from './TierMove.tsx';
import { statusOf, type UpgradeRequest } from './upgrade-request.ts';

/** Props of the newest answer. */
export interface LatestAnswerProps {
  request: UpgradeRequest;
  nameOf: (level: number) => string;
  /** A link asked for it, so the reader's place is here. */
  takesFocus: boolean;
  /** Undefined while the same cannot be asked for again. */
  onAskAgain: (() => void) | undefined;
  onDismiss: () => void;
}

/** What became of the newest request, above everything else until the reader puts it away. */
export function LatestAnswer({ request, nameOf, takesFocus, onAskAgain, onDismiss }: LatestAnswerProps) {
  const { answer, history } = useMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  const status = statusOf(request);
  const decidedAt = request.events.findLast(({ kind }) => kind === status)?.at ?? request.created_at;
  const name = nameOf(request.target_tier);
  return (
    <section
      id={answerAnchor}
      className={`${styles.card} ${styles[status] ?? ''}`}
      aria-labelledby="answer-heading"
    >
      <h2 id="answer-heading" ref={heading} tabIndex={-1}>
        {status === 'approved'
          ? answer.approved(name)
          : status === 'rejected'
            ? answer.rejected(name)
            : answer.cancelled(name)}
      </h2>
      <p className={styles.facts}>
        <StatusBadge status={status} />
        <TierMove from={request.current_tier} to={request.target_tier} nameOf={nameOf} />
        <RelativeTime at={decidedAt} />
      </p>
      {request.rejection_reason && <Reason text={request.rejection_reason} />}
      <div className={styles.acts}>
        {onAskAgain && (
          <Button kind="primary" onClick={onAskAgain}>
            <Icon name="refresh" size={18} />
            {history.askAgain}
          </Button>
        )}
        <Button onClick={onDismiss}>{answer.dismiss}</Button>
      </div>
    </section>
  );
}
