import { useCallback, useEffect, useRef, useState } from 'react';
import { LoadingOrFailed } from '../app/LoadingOrFailed.tsx';
import { DashboardSkeleton } from '../app/PageSkeleton.tsx';
import { answerAnchor, tierUpgradeAnchor } from '../app/paths.ts';
import { useAnchor } from '../app/use-anchor.ts';
import { usePageTitle } from '../app/use-page-title.ts';
import { useToast } from '../components/Toasts.tsx';
import { Celebration } from '../features/tiers/Celebration.tsx';
import { CompareTiers } from '../features/tiers/CompareTiers.tsx';
import { TierOverview } from '../features/tiers/TierOverview.tsx';
import type { TierAccess } from '../features/tiers/tier-access.ts';
import { useTierAccess } from '../features/tiers/useTierAccess.ts';
import { useTierNews } from '../features/tiers/useTierNews.ts';
import { answerOf } from '../features/upgrade-requests/answer.ts';
import { CancelRequestDialog } from '../features/upgrade-requests/CancelRequestDialog.tsx';
import { LatestAnswer } from '../features/upgrade-requests/LatestAnswer.tsx';
import { PendingRequest } from '../features/upgrade-requests/PendingRequest.tsx';
import { RequestDialog } from '../features/upgrade-requests/RequestDialog.tsx';
import { RequestHistory } from '../features/upgrade-requests/RequestHistory.tsx';
import { forgetSentDraft, readDraft } from '../features/upgrade-requests/request-draft.ts';
import { TierUpgradeCard } from '../features/upgrade-requests/TierUpgradeCard.tsx';
import type { UpgradeRequest } from '../features/upgrade-requests/upgrade-request.ts';
import { useDismissedAnswer } from '../features/upgrade-requests/useDismissedAnswer.ts';
import { useRequestNews } from '../features/upgrade-requests/useRequestNews.ts';
import type { DashboardVendorFragment } from '../gql/graphql.ts';
import { reviewSpan } from '../lib/time.ts';
import { useMessages } from '../messages/messages.tsx';
import { useSessionUser } from '../session/SessionProvider.tsx';
import { DashboardSummary } from './DashboardSummary.tsx';
import { useDashboardData } from './dashboard-data.ts';
import { useDashboardLinks } from './use-dashboard-links.ts';

/** The vendor's home: where they stand, what comes next, and how their requests are doing. */
export function DashboardPage() {
  const messages = useMessages();
  const user = useSessionUser();
  const { page } = useDashboardLinks();
  const data = useDashboardData(user.vendorId, page);
  const { access, error: tiersError, retry } = useTierAccess(data.vendor);
  usePageTitle(
    data.vendor?.newest[0]?.status === 'pending' ? messages.titles.pending : messages.titles.dashboard,
  );

  if (data.vendor && access) return <Dashboard vendor={data.vendor} access={access} data={data} />;
  return (
    <LoadingOrFailed
      title={messages.titles.dashboard}
      error={data.error ?? tiersError}
      isGone={data.isLoaded && !data.vendor}
      onRetry={() => {
        // What fails again is shown again by the queries themselves.
        data.refetch().catch(() => undefined);
        retry();
      }}
      skeleton={<DashboardSkeleton />}
    />
  );
}

interface DashboardProps {
  vendor: DashboardVendorFragment;
  access: TierAccess;
  data: ReturnType<typeof useDashboardData>;
}

function Dashboard({ vendor, access, data }: DashboardProps) {
  const messages = useMessages();
  const user = useSessionUser();
  const toast = useToast();
  const links = useDashboardLinks();
  const news = useTierNews(vendor.id, access);
  // Where the reader's place is after the button they pressed has gone with its card.
  const [lastAct, setLastAct] = useState<'sent' | 'cancelled'>();
  const heading = useRef<HTMLHeadingElement>(null);
  const newest = vendor.newest[0];
  const pending = newest?.status === 'pending' ? newest : undefined;
  const isOpen = data.isFeatureOn && access.canGrow;
  useRequestNews(newest, access.nameOf);
  useAnchor(tierUpgradeAnchor);
  useAnchor(answerAnchor);
  const { dismissed, dismiss } = useDismissedAnswer(user.id);
  const isAnswerWanted = links.answer !== null && links.answer === newest?.id;
  // A rise has a card of its own, which says the same and more.
  const answer =
    news.risenSince === null && (isAnswerWanted || newest?.id !== dismissed) ? answerOf(newest) : undefined;
  const canAskAgain = (request: UpgradeRequest) =>
    isOpen &&
    !pending &&
    request.status === 'rejected' &&
    access.comparedWith(request.target_tier) === 'below';
  const askAgain = (request: UpgradeRequest) =>
    links.change({ ask: String(request.target_tier), again: request.id });
  const putAnswerAway = () => {
    if (newest) dismiss(newest.id);
    links.change({ answer: null }, { replace: true });
    heading.current?.focus();
  };
  useEffect(() => {
    if (pending) forgetSentDraft(user.id, pending);
  }, [user.id, pending]);

  const { refetch, reviewHours } = data;
  const { closeDialogs } = links;
  const wasAsking = useRef(false);
  useEffect(() => {
    const isShown = links.isAsking && isOpen;
    // Closed by an administrator in the middle of writing: a dialog must not go without a word.
    if (wasAsking.current && links.isAsking && !data.isFeatureOn)
      toast({ tone: 'warning', text: messages.dialog.notAvailable });
    wasAsking.current = isShown;
  }, [links.isAsking, isOpen, data.isFeatureOn, toast, messages]);
  const refresh = useCallback(() => {
    // The live query brings the same a moment later, so a failure here needs no word of its own.
    refetch().catch(() => undefined);
  }, [refetch]);
  const onSent = useCallback(
    (submitsLeft: number | null) => {
      const { sent } = messages;
      const parts = [
        sent.title,
        reviewHours === null ? sent.follow : sent.usually(reviewSpan(reviewHours, messages)),
        ...(submitsLeft !== null && submitsLeft <= fewSubmitsLeft ? [sent.left(submitsLeft)] : []),
      ];
      toast({ tone: 'success', text: parts.join(' ') });
      setLastAct('sent');
      closeDialogs();
      refresh();
    },
    [messages, reviewHours, toast, closeDialogs, refresh],
  );

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {vendor.name}
      </h1>
      {news.risenSince !== null && (
        <Celebration
          access={access}
          since={news.risenSince}
          onDismiss={() => {
            news.dismiss();
            putAnswerAway();
          }}
        />
      )}
      {answer && (
        <LatestAnswer
          key={answer.id}
          request={answer}
          nameOf={access.nameOf}
          takesFocus={isAnswerWanted}
          onAskAgain={canAskAgain(answer) ? () => askAgain(answer) : undefined}
          onDismiss={putAnswerAway}
        />
      )}
      <TierOverview
        access={access}
        locationsUsed={vendor.locations_aggregate.aggregate?.count ?? 0}
        isNew={news.risenSince !== null}
      />
      {pending ? (
        <PendingRequest
          request={pending}
          nameOf={access.nameOf}
          reviewHours={reviewHours}
          takesFocus={lastAct === 'sent'}
          onCancel={() => links.change({ cancel: pending.id })}
        />
      ) : (
        isOpen && (
          <TierUpgradeCard
            access={access}
            reviewHours={reviewHours}
            takesFocus={lastAct === 'cancelled'}
            hasDraft={readDraft(user.id, null) !== undefined}
            onAsk={() => links.change({ ask: '' })}
          />
        )
      )}
      <CompareTiers access={access} />
      <RequestHistory
        requests={vendor.requests}
        total={vendor.requests_aggregate.aggregate?.count ?? 0}
        page={links.page}
        nameOf={access.nameOf}
        isLoadingPage={data.isLoadingPage}
        pageError={data.pageError}
        onRetryPage={refresh}
        canAskAgain={canAskAgain}
        onAskAgain={askAgain}
        shownAbove={answer?.id}
        onAsk={isOpen ? () => links.change({ ask: '' }) : undefined}
        onPage={(page) => links.change({ page: page === 1 ? null : String(page) })}
      />
      <DashboardSummary vendor={vendor} />
      {links.isAsking && isOpen && (
        <RequestDialog
          userId={user.id}
          access={access}
          newest={newest}
          againId={links.again}
          wantedTier={links.wantedTier}
          onClose={closeDialogs}
          onSent={onSent}
        />
      )}
      {pending && links.cancel === pending.id && (
        <CancelRequestDialog
          requestId={pending.id}
          tierName={access.nameOf(pending.target_tier)}
          onClose={() => {
            setLastAct(undefined);
            closeDialogs();
          }}
          onCancelled={() => {
            setLastAct('cancelled');
            closeDialogs();
            refresh();
          }}
          onStale={() => {
            // It may be cancelled all the same, and then its card goes as well.
            setLastAct('cancelled');
            refresh();
          }}
        />
      )}
    </>
  );
}

/** From here on it is fair to say how many more requests fit into the hour. */
const fewSubmitsLeft = 3;
