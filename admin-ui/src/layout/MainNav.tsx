import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { IconName } from '@tierline/design';
import { useState } from 'react';
import { Link as RouterLink, useLocation } from 'react-router';
import { timelinePath } from '../audit/paths.ts';
import { Icon } from '../components/Icon.tsx';
import { deliveriesPath } from '../deliveries/types.ts';
import { figuresPath } from '../figures/paths.ts';
import { flagsPath } from '../flags/paths.ts';
import { formatNumber } from '../format/number.ts';
import { type TextKey, useText } from '../i18n/use-text.ts';
import { queuePath } from '../upgrade-requests/paths.ts';
import { useQueueOverview } from '../upgrade-requests/useQueueOverview.ts';
import { usersPath } from '../users/paths.ts';
import { vendorsPath } from '../vendors/paths.ts';

interface Place {
  readonly to: string;
  readonly label: TextKey;
  readonly icon: IconName;
}

const places: readonly Place[] = [
  { to: queuePath, label: 'nav.queue', icon: 'inbox' },
  { to: figuresPath, label: 'figures.title', icon: 'chart' },
  { to: vendorsPath, label: 'vendors.title', icon: 'store' },
  { to: usersPath, label: 'users.title', icon: 'users' },
  { to: deliveriesPath, label: 'deliveries.short', icon: 'mail' },
  { to: timelinePath, label: 'audit.title', icon: 'history' },
  { to: flagsPath, label: 'flags.title', icon: 'flag' },
];

/** The width of a window, in px, from which all sections fit side by side, in either language. */
const ROOM_FOR_ALL = 900;

/** The sections of the console: side by side where there is room, otherwise the present one and a menu. */
export function MainNav() {
  const text = useText();
  const { pathname } = useLocation();
  const isWide = useMediaQuery((theme) => theme.breakpoints.up(ROOM_FOR_ALL));
  const here = places.find((place) => pathname.startsWith(place.to));
  return (
    <Box
      component="nav"
      aria-label={text('nav.label')}
      sx={{ display: 'flex', alignSelf: 'stretch', minWidth: 0 }}
    >
      {isWide ? (
        <Box sx={{ display: 'flex', gap: { xs: 3, lg: 5 } }}>
          {places.map((place) => (
            <PlaceLink key={place.to} place={place} isHere={place === here} />
          ))}
        </Box>
      ) : (
        <PlaceMenu here={here} />
      )}
    </Box>
  );
}

function PlaceLink({ place, isHere }: { readonly place: Place; readonly isHere: boolean }) {
  const text = useText();
  return (
    <Link
      component={RouterLink}
      to={place.to}
      underline="none"
      aria-current={isHere ? 'page' : undefined}
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 2,
        boxShadow: (theme) => (isHere ? `inset 0 -2px 0 ${theme.palette.primary.main}` : 'none'),
        color: isHere ? 'text.primary' : 'text.secondary',
        fontWeight: 500,
        whiteSpace: 'nowrap',
        '&:hover': { color: 'text.primary' },
        // As high as the header, outside of which it would be cut off.
        '&&:focus-visible': { outlineOffset: -3, borderRadius: '6px' },
      }}
    >
      {text(place.label)} {place.to === queuePath && <Waiting />}
    </Link>
  );
}

function PlaceMenu({ here }: { readonly here: Place | undefined }) {
  const text = useText();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton
        aria-label={text('nav.sections')}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ alignSelf: 'center' }}
      >
        <Icon name="menu" size={18} />
      </IconButton>
      {here && (
        <Box sx={{ display: { xs: 'none', sm: 'flex' }, ml: 2 }}>
          <PlaceLink place={here} isHere />
        </Box>
      )}
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {places.map((place) => (
          <MenuItem
            key={place.to}
            component={RouterLink}
            to={place.to}
            selected={place === here}
            onClick={() => setAnchor(null)}
          >
            <Icon name={place.icon} />
            <Box component="span" sx={{ flex: 1 }}>
              {text(place.label)}
            </Box>
            {place.to === queuePath && <Waiting />}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}

/** How many requests wait for a decision. */
function Waiting() {
  const waiting = useQueueOverview().data?.counts.pending ?? 0;
  if (waiting === 0) return null;
  return (
    <Box
      component="span"
      sx={{
        minWidth: 20,
        px: '6px',
        borderRadius: '10px',
        bgcolor: 'primary.main',
        color: 'primary.contrastText',
        fontSize: '0.75rem',
        lineHeight: '20px',
        textAlign: 'center',
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {formatNumber(waiting)}
    </Box>
  );
}
