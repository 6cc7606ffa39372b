import Box from '@mui/material/Box';
import { ShowBase, useShowContext } from 'ra-core';
import { useParams } from 'react-router';
import { toPlainError } from '../errors/plain-error.ts';
import { useText } from '../i18n/use-text.ts';
import { DecisionBox } from './DecisionBox.tsx';
import { Justification } from './Justification.tsx';
import { PastRequests } from './PastRequests.tsx';
import { RequestHeader } from './RequestHeader.tsx';
import { RequestKeys } from './RequestKeys.tsx';
import { RequestError, RequestNotFound, RequestOffline, RequestSkeleton } from './RequestStates.tsx';
import { Timeline } from './Timeline.tsx';
import type { MaybeFullRequest } from './types.ts';
import { VendorCard } from './VendorCard.tsx';

// The page shows its own error state instead of a passing message and a way back to the list.
const queryOptions = { onError: () => undefined };

/** One request: left the story, right the decision. */
export function UpgradeRequestShow() {
  // A new id is a new page: nothing typed for one request may end up on another.
  const { id } = useParams();
  return (
    <ShowBase key={id} queryOptions={queryOptions} disableAuthentication>
      <RequestPage />
    </ShowBase>
  );
}

function RequestPage() {
  const text = useText();
  const { record, error, isPending, isPaused } = useShowContext<MaybeFullRequest>();
  if (isPending) return isPaused ? <RequestOffline /> : <RequestSkeleton />;
  if (error && (!record || toPlainError(error, text).code === 'not-found')) {
    return toPlainError(error, text).code === 'not-found' ? (
      <RequestNotFound />
    ) : (
      <RequestError error={error} />
    );
  }
  if (!record) return <RequestNotFound />;
  return (
    <>
      <RequestHeader request={record} />
      <Box
        sx={{
          display: 'grid',
          gap: 4,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) 372px' },
          gridTemplateRows: { md: 'auto auto 1fr' },
          alignItems: 'start',
        }}
      >
        <Justification request={record} />
        <Box
          component="aside"
          sx={{
            display: 'grid',
            gap: 4,
            gridColumn: { md: 2 },
            gridRow: { md: '1 / span 3' },
            position: { md: 'sticky' },
            top: { md: 76 },
          }}
        >
          <DecisionBox request={record} />
          <VendorCard request={record} />
        </Box>
        <Timeline request={record} />
        <PastRequests request={record} />
      </Box>
      <RequestKeys request={record} />
    </>
  );
}
