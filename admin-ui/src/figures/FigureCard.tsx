import Box from '@mui/material/Box';
import { Link } from 'react-router';
import { Icon } from '../components/Icon.tsx';

interface FigureCardProps {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
  /** What the number counts. */
  readonly to: string;
  readonly isWarning?: boolean;
}

/** One number, large, which leads to what it counts. */
export function FigureCard({ label, value, hint, to, isWarning = false }: FigureCardProps) {
  return (
    <Box
      component={Link}
      to={to}
      sx={{
        display: 'block',
        minWidth: 0,
        p: 4,
        color: 'text.primary',
        textDecoration: 'none',
        '&:hover': { bgcolor: 'action.hover' },
        '&:focus-visible': { outlineOffset: -2 },
        '&:first-of-type': { gridColumn: { xs: '1 / -1', md: 'auto' } },
      }}
    >
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{label}</Box>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 2,
          fontSize: '1.75rem',
          fontWeight: 600,
          letterSpacing: '-0.02em',
          lineHeight: 1.3,
          fontVariantNumeric: 'tabular-nums',
        }}
      >
        {value}
        {isWarning && (
          <Box component="span" sx={{ color: 'warning.main' }}>
            <Icon name="alert" size={20} />
          </Box>
        )}
      </Box>
      <Box
        sx={{
          display: '-webkit-box',
          WebkitBoxOrient: 'vertical',
          WebkitLineClamp: 2,
          overflow: 'hidden',
          overflowWrap: 'anywhere',
          color: 'text.secondary',
          fontSize: '0.8125rem',
        }}
      >
        {hint}
      </Box>
    </Box>
  );
}
