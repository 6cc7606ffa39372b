import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Skeleton from '@mui/material/Skeleton';
import { useShowContext } from 'ra-core';
import { Link } from 'react-router';
import { Message } from '../components/Message.tsx';
import { useDelayed } from '../components/useDelayed.ts';
import { toPlainError } from '../errors/plain-error.ts';
import { useText } from '../i18n/use-text.ts';
import { queuePath } from './paths.ts';

/** The page to come. */
export function RequestSkeleton() {
  const text = useText();
  const isShown = useDelayed(true);
  return (
    <Box role="status" aria-busy="true" aria-label={text('request.loading')} sx={{ minHeight: 480 }}>
      {isShown && (
        <>
          <Skeleton width={60} />
          <Skeleton width="42%" height={40} />
          <Skeleton width="30%" sx={{ mb: 6 }} />
          <Box
            sx={{ display: 'grid', gap: 4, gridTemplateColumns: { xs: '1fr', md: 'minmax(0, 1fr) 372px' } }}
          >
            <Card sx={{ p: 5 }}>
              <Skeleton width="24%" />
              <Skeleton />
              <Skeleton />
              <Skeleton width="70%" />
            </Card>
            <Card sx={{ p: 5 }}>
              <Skeleton width="40%" />
              <Skeleton height={80} />
              <Skeleton height={40} />
            </Card>
          </Box>
        </>
      )}
    </Box>
  );
}

function ToQueue() {
  const text = useText();
  return (
    <Button component={Link} to={queuePath}>
      {text('request.toQueue')}
    </Button>
  );
}

/** A well-formed or mistyped address without a request behind it. */
export function RequestNotFound() {
  const text = useText();
  return (
    <Message
      isPage
      icon="search"
      title={text('request.notFoundTitle')}
      body={text('request.notFoundBody')}
      action={<ToQueue />}
    />
  );
}

/** The request could not be read. */
export function RequestError({ error }: { readonly error: unknown }) {
  const text = useText();
  const { refetch } = useShowContext();
  return (
    <Message
      icon="alert"
      role="alert"
      title={text('request.errorTitle')}
      body={toPlainError(error, text).message}
      action={
        <>
          <Button onClick={() => refetch()}>{text('queue.retry')}</Button>
          <ToQueue />
        </>
      }
    />
  );
}

/** No network and nothing loaded earlier. */
export function RequestOffline() {
  const text = useText();
  return <Message icon="offline" title={text('offline.title')} body={text('offline.body')} />;
}
