import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import { colors } from '@tierline/design';
import { useEffect, useState } from 'react';
import { useOnline } from '../components/useOnline.ts';
import { useText } from '../i18n/use-text.ts';
import { useIsLive } from '../live/LiveUpdates.tsx';
import { useScheme } from '../scheme/scheme.ts';

const PATIENCE = 3_000;

/** A dot that says whether the page is live; short interruptions, such as a token's renewal, are not worth a word. */
export function LiveIndicator() {
  const text = useText();
  const isLive = useIsLive();
  const isOnline = useOnline();
  const [isInterrupted, setIsInterrupted] = useState(false);
  const color = colors[useScheme()];

  useEffect(() => {
    if (isLive) {
      setIsInterrupted(false);
      return;
    }
    const timer = setTimeout(() => setIsInterrupted(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [isLive]);

  // A connection that is cut off does not always notice.
  const isStale = isInterrupted || !isOnline;
  const label = text(isStale ? 'live.off' : 'live.on');
  return (
    <Tooltip title={label}>
      <Box
        role="status"
        aria-label={label}
        sx={{ display: 'grid', placeItems: 'center', width: 28, height: 32 }}
      >
        <Box
          className="keeps-colors"
          sx={{
            width: 8,
            height: 8,
            borderRadius: '50%',
            ...(isStale
              ? { border: `2px solid ${color.notice.warning.solid}` }
              : {
                  bgcolor: color.notice.success.solid,
                  boxShadow: `0 0 0 3px ${color.notice.success.background}`,
                }),
          }}
        />
      </Box>
    </Tooltip>
  );
}
