import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import type { IconName } from '@tierline/design';
import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { useKeys } from '../components/useKeys.ts';
import { useText } from '../i18n/use-text.ts';
import { requestPath } from './paths.ts';
import type { MaybeFullRequest } from './types.ts';
import { useNeighbours } from './useNeighbours.ts';

/** The way to the requests above and below in the queue, by button and by `j` and `k`. */
export function QueuePosition({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  const navigate = useNavigate();
  const { preceding, following } = useNeighbours(request);
  useKeys(
    useMemo(
      () => ({
        j: () => following && navigate(requestPath(following)),
        k: () => preceding && navigate(requestPath(preceding)),
      }),
      [preceding, following, navigate],
    ),
  );
  return (
    <Box
      component="nav"
      aria-label={text('request.position')}
      sx={{ display: 'flex', gap: 1, '@media print': { display: 'none' } }}
    >
      <Step to={preceding} icon="chevron-left" label={text('request.preceding')} />
      <Step to={following} icon="chevron-right" label={text('request.following')} />
    </Box>
  );
}

interface StepProps {
  readonly to: string | undefined;
  readonly icon: IconName;
  readonly label: string;
}

function Step({ to, icon, label }: StepProps) {
  if (!to) {
    return (
      <IconButton disabled aria-label={label}>
        <Icon name={icon} />
      </IconButton>
    );
  }
  return (
    <Tooltip title={label}>
      <IconButton component={Link} to={requestPath(to)} aria-label={label}>
        <Icon name={icon} />
      </IconButton>
    </Tooltip>
  );
}
