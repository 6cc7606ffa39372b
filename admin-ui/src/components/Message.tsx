import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { IconName } from '@tierline/design';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

interface MessageProps {
  readonly icon: IconName;
  readonly title: string;
  readonly body: string;
  /** Whether this is all there is on the page, so that its title is the page's. */
  readonly isPage?: boolean;
  /** The way on: a button or a link. */
  readonly action?: ReactNode;
  /** `alert` for errors, so that screen readers say them at once. */
  readonly role?: 'alert' | 'status';
}

/** An empty, error or offline state: what is the matter, and what can be done. */
export function Message({ icon, title, body, action, isPage = false, role = 'status' }: MessageProps) {
  return (
    <Box
      role={role}
      sx={{
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'center',
        gap: 1,
        px: 6,
        py: { xs: 14, md: 22 },
        textAlign: 'center',
      }}
    >
      <Box
        sx={{
          display: 'grid',
          placeItems: 'center',
          width: 44,
          height: 44,
          mb: 2,
          borderRadius: '12px',
          border: 1,
          borderColor: 'divider',
          color: 'text.secondary',
          bgcolor: 'background.default',
        }}
      >
        <Icon name={icon} size={22} />
      </Box>
      <Typography variant="h2" component={isPage ? 'h1' : 'h2'}>
        {title}
      </Typography>
      <Typography color="text.secondary" sx={{ maxWidth: 420 }}>
        {body}
      </Typography>
      {action && <Box sx={{ mt: 4, display: 'flex', gap: 2 }}>{action}</Box>}
    </Box>
  );
}
