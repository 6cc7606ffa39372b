import { useRef } from 'react';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Notice } from '../../components/Notice.tsx';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { toProblem } from '../../lib/graphql/problem.ts';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';
import { Reason } from './Reason.tsx';
import styles from './RequestHistory.module.css';
import { RequestStory } from './RequestStory.tsx';
import { TierMove } from './TierMove.tsx';
import { statusOf, type UpgradeRequest } from './upgrade-request.ts';

/** How many requests a page of the history shows. */
export const historyPageSize = 5;

/** Props of the list of requests. */
export interface RequestHistoryProps {
  requests: readonly UpgradeRequest[];
  total: number;
  page: number;
  nameOf: (level: number) => string;
  isLoadingPage: boolean;
  /** Why the page could not be fetched, if so. */
  pageError: unknown;
  onRetryPage: () => void;
  /** Whether a declined request could be made again: the tier is still ahead, and nothing else is waiting. */
  canAskAgain: (request: UpgradeRequest) => boolean;
  onAskAgain: (request: UpgradeRequest) => void;
  /** The request whose answer stands above, with its reason and the way on. */
  shownAbove: string | undefined;
  /** Undefined while a first request is not possible. */
  onAsk: (() => void) | undefined;
  onPage: (page: number) => void;
}

/** Every request of the vendor, the newest first. */
export function RequestHistory(props: RequestHistoryProps) {
  const { requests, total, page, nameOf, isLoadingPage, canAskAgain, onAskAgain, onAsk, onPage } = props;
  const messages = useMessages();
  const { history } = messages;
  const heading = useRef<HTMLHeadingElement>(null);
  const goTo = (next: number) => {
    onPage(next);
    heading.current?.focus();
  };
  return (
    <section className={styles.history} aria-labelledby="history-heading">
      <h2 id="history-heading" ref={heading} tabIndex={-1}>
        {history.heading}
      </h2>
      {total === 0 ? (
        <EmptyState
          icon="history"
          title={history.empty}
          body={onAsk ? history.emptyBody : history.emptyAtRest}
          action={onAsk && <Button onClick={onAsk}>{history.writeFirst}</Button>}
        />
      ) : props.pageError ? (
        <>
          <Notice
            tone="danger"
            role="alert"
            action={<Button onClick={props.onRetryPage}>{messages.common.retry}</Button>}
          >
            {history.pageFailed} {problemText(toProblem(props.pageError), messages)}
          </Notice>
          <Pages page={page} total={total} onPage={goTo} />
        </>
      ) : requests.length === 0 ? (
        <EmptyState
          icon="history"
          title={history.beyond}
          action={<Button onClick={() => goTo(1)}>{history.backToFirst}</Button>}
        />
      ) : (
        <>
          <ul className={styles.list} aria-busy={isLoadingPage || undefined}>
            {requests.map((request) => (
              <HistoryRow
                key={request.id}
                request={request}
                nameOf={nameOf}
                isShownAbove={request.id === props.shownAbove}
                onAskAgain={canAskAgain(request) ? onAskAgain : undefined}
              />
            ))}
          </ul>
          {total > historyPageSize && <Pages page={page} total={total} onPage={goTo} />}
        </>
      )}
    </section>
  );
}

function HistoryRow({
  request,
  nameOf,
  isShownAbove,
  onAskAgain,
}: {
  request: UpgradeRequest;
  nameOf: (level: number) => string;
  isShownAbove: boolean;
  onAskAgain: ((request: UpgradeRequest) => void) | undefined;
}) {
  const { history } = useMessages();
  const status = statusOf(request);
  return (
    <li className={styles.row}>
      <div className={styles.facts}>
        <StatusBadge status={status} />
        <TierMove from={request.current_tier} to={request.target_tier} nameOf={nameOf} />
        <span className={styles.when}>
          {history.sent} <RelativeTime at={request.created_at} />
        </span>
      </div>
      {request.rejection_reason && !isShownAbove && <Reason text={request.rejection_reason} />}
      <div className={styles.foot}>
        <RequestStory request={request} nameOf={nameOf} />
        {onAskAgain && !isShownAbove && (
          <Button small onClick={() => onAskAgain(request)}>
            <Icon name="refresh" size={16} />
            {history.askAgain}
          </Button>
        )}
      </div>
    </li>
  );
}

function Pages({ page, total, onPage }: { page: number; total: number; onPage: (page: number) => void }) {
  const { history } = useMessages();
  const first = (page - 1) * historyPageSize + 1;
  const last = Math.min(total, page * historyPageSize);
  return (
    <nav className={styles.pages} aria-label={history.pages}>
      <Button small disabled={page === 1} onClick={() => onPage(page - 1)}>
        <Icon name="chevron-left" size={16} />
        {history.newer}
      </Button>
      <span>{history.range(first, last, total)}</span>
      <Button small disabled={last === total} onClick={() => onPage(page + 1)}>
        {history.older}
        <Icon name="chevron-right" size={16} />
      </Button>
    </nav>
  );
}
