import type { ReactNode } from 'react';
import { Button } from '../components/Button.tsx';
import { EmptyState } from '../components/EmptyState.tsx';
import { toProblem } from '../lib/graphql/problem.ts';
import { problemText } from '../lib/problem-text.ts';
import { useBackOnline } from '../lib/use-back-online.ts';
import { useMessages } from '../messages/messages.tsx';

/** Props of what a page shows while its data is not there. */
export interface LoadingOrFailedProps {
  title: string;
  error: unknown;
  /** The answer came, and there is no such vendor. */
  isGone?: boolean;
  onRetry: () => void;
  skeleton: ReactNode;
}

/** A page in outline while it loads; once that failed, why, and another try, also by itself once the line is back. */
export function LoadingOrFailed({ title, error, isGone, onRetry, skeleton }: LoadingOrFailedProps) {
  const messages = useMessages();
  const problem = error ? toProblem(error) : undefined;
  const isCutOff = problem?.code === 'NETWORK';
  useBackOnline(isCutOff, onRetry);
  if (!problem && !isGone) {
    return (
      <>
        <h1 className="visually-hidden">{title}</h1>
        <output className="visually-hidden">{messages.common.loading}</output>
        {skeleton}
      </>
    );
  }
  return (
    <div role="alert">
      <h1 className="visually-hidden">{title}</h1>
      <EmptyState
        icon="alert"
        title={messages.errors.loadTitle}
        body={
          !problem
            ? messages.errors.VENDOR_NOT_FOUND
            : isCutOff
              ? messages.errors.loadCutOff
              : problemText(problem, messages)
        }
        action={
          <Button kind="primary" onClick={onRetry}>
            {messages.common.retry}
          </Button>
        }
      />
    </div>
  );
}
