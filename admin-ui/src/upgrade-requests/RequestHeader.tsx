import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { BackLink } from '../components/BackLink.tsx';
import { MomentAndAgo } from '../format/TimeAgo.tsx';
import { isOverdue } from '../format/time.ts';
import { useNow } from '../format/useNow.ts';
import { useText } from '../i18n/use-text.ts';
import { queuePath } from './paths.ts';
import { QueuePosition } from './QueuePosition.tsx';
import { StatusBadge } from './StatusBadge.tsx';
import { TierChange } from './TierBadge.tsx';
import { isFull, type MaybeFullRequest } from './types.ts';
import { useTiers } from './useTiers.ts';
import { Waiting } from './Waiting.tsx';

/** Who asks for what, since when, and how it stands. */
export function RequestHeader({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  const { name } = useTiers();
  const now = useNow();
  const vendor = request.vendor.name;
  const tier = name(request.target_tier);
  const sender = isFull(request) ? request.user?.email : undefined;

  useEffect(() => {
    document.title = text('request.documentTitle', { vendor, tier });
  }, [text, vendor, tier]);

  return (
    <Box sx={{ mb: 6 }}>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          mb: 2,
          '& > a': { mb: 0 },
        }}
      >
        <BackLink to={queuePath}>{text('request.back')}</BackLink>
        <QueuePosition request={request} />
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: 3, rowGap: 2 }}>
        <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
          {text('request.heading', { vendor, tier })}
        </Typography>
        <StatusBadge status={request.status} filled />
      </Box>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          flexWrap: 'wrap',
          columnGap: 3,
          rowGap: 1,
          mt: 2,
          color: 'text.secondary',
        }}
      >
        <TierChange from={request.current_tier} to={request.target_tier} />
        <span>
          {text('request.asked')} <MomentAndAgo at={request.created_at} />
          {sender && ` · ${text('request.askedBy', { who: sender })}`}
        </span>
        {request.status === 'pending' && isOverdue(Date.parse(request.created_at), now) && (
          <span>
            {text('request.waiting')} <Waiting row={request} />
          </span>
        )}
      </Box>
    </Box>
  );
}
