import Box from '@mui/material/Box';
import { useText } from '../i18n/use-text.ts';
import type { Column, Row } from './types.ts';

interface DataCardsProps<T extends Row> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
}

/** The same rows on a phone: a card each, its first column on top and the others named beneath. */
export function DataCards<T extends Row>({ label, columns, rows }: DataCardsProps<T>) {
  const text = useText();
  const [first, ...others] = columns;
  return (
    <Box component="ul" aria-label={label} sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {rows.map((row) => (
        <Box
          component="li"
          key={row.id}
          sx={{ px: 4, py: 3, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}
        >
          <Box sx={{ mb: 2, overflowWrap: 'anywhere' }}>{first?.render(row)}</Box>
          <Box
            component="dl"
            sx={{
              display: 'grid',
              gridTemplateColumns: 'minmax(88px, auto) minmax(0, 1fr)',
              columnGap: 3,
              rowGap: 1,
              m: 0,
              fontSize: '0.8125rem',
            }}
          >
            {others.map((column) => {
              const value = column.render(row);
              // What a row does not have takes no line.
              if (value === undefined || value === null || value === false || value === '') return null;
              return (
                <Box key={column.key} sx={{ display: 'contents' }}>
                  <Box component="dt" sx={{ color: 'text.secondary' }}>
                    {text(column.label)}
                  </Box>
                  <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
                    {value}
                  </Box>
                </Box>
              );
            })}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
