import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { useListContext } from 'ra-core';
import { Icon } from '../components/Icon.tsx';
import { formatNumber } from '../format/number.ts';
import { useText } from '../i18n/use-text.ts';

/** Which rows of how many, and the way to the others. */
export function ListPagination() {
  const text = useText();
  const { page, perPage, setPage, total = 0 } = useListContext();
  const lastPage = Math.max(1, Math.ceil(total / perPage));
  const from = (page - 1) * perPage + 1;
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        justifyContent: 'flex-end',
        gap: 2,
        minHeight: 48,
        px: 4,
        borderTop: 1,
        borderColor: 'divider',
        color: 'text.secondary',
        fontSize: '0.8125rem',
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      <span>
        {text('list.range', {
          from: formatNumber(from),
          to: formatNumber(Math.min(total, page * perPage)),
          total: formatNumber(total),
        })}
      </span>
      {lastPage > 1 && (
        <>
          <IconButton
            aria-label={text('list.previous')}
            disabled={page <= 1}
            onClick={() => setPage(page - 1)}
          >
            <Icon name="chevron-left" />
          </IconButton>
          <IconButton
            aria-label={text('list.next')}
            disabled={page >= lastPage}
            onClick={() => setPage(page + 1)}
          >
            <Icon name="chevron-right" />
          </IconButton>
        </>
      )}
    </Box>
  );
}
