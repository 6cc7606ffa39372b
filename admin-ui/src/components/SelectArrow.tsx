import Box from '@mui/material/Box';
import { Icon } from './Icon.tsx';

/** The arrow of a select, drawn like our other icons. */
export function SelectArrow({ className }: { readonly className?: string }) {
  return (
    <Box
      component="span"
      className={className}
      sx={{ '&&': { top: 'calc(50% - 8px)', right: 8, color: 'text.disabled' } }}
    >
      <Icon name="chevron-down" />
    </Box>
  );
}
