import Badge from '@mui/material/Badge';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { Link } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { useText } from '../i18n/use-text.ts';
import { useUnreadCount } from '../live/LiveUpdates.tsx';
import { notificationsPath } from './paths.ts';

/** How many notifications are unread, at every moment, and the way to them. */
export function Bell() {
  const text = useText();
  const unread = useUnreadCount();
  const label =
    unread > 0 ? text('notifications.bell', { smart_count: unread }) : text('notifications.title');
  return (
    <Tooltip title={label}>
      <IconButton component={Link} to={notificationsPath} aria-label={label}>
        {/* Without a count there is no badge at all: an invisible one would keep its last number. */}
        {unread === 0 ? (
          <Icon name="bell" size={18} />
        ) : (
          <Badge
            badgeContent={unread}
            max={999}
            color="error"
            sx={{ '& .MuiBadge-badge': { height: 16, minWidth: 16, px: '4px', fontSize: '0.6875rem' } }}
          >
            <Icon name="bell" size={18} />
          </Badge>
        )}
      </IconButton>
    </Tooltip>
  );
}
