import Button from '@mui/material/Button';
import { toPlainError } from '../errors/plain-error.ts';
import { useText } from '../i18n/use-text.ts';
import { Message } from './Message.tsx';
import { PageSkeleton } from './Skeletons.tsx';

interface QueryStatesProps {
  readonly query: {
    readonly error: unknown;
    readonly isPaused: boolean;
    readonly refetch: () => unknown;
  };
}

/** What stands in place of a page whose answer is not there: still to come, away, or refused, with the way to try again. */
export function QueryStates({ query }: QueryStatesProps) {
  const text = useText();
  if (query.error) {
    return (
      <Message
        icon="alert"
        role="alert"
        title={text('list.errorTitle')}
        body={toPlainError(query.error, text).message}
        action={<Button onClick={() => query.refetch()}>{text('list.retry')}</Button>}
      />
    );
  }
  if (query.isPaused) {
    return <Message icon="offline" title={text('offline.title')} body={text('offline.body')} />;
  }
  return <PageSkeleton label={text('list.loading')} />;
}
