import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { colors, type RequestStatus, statusOrder, statusSigns } from '@tierline/design';
import { useListContext } from 'ra-core';
import { Icon } from '../components/Icon.tsx';
import { formatNumber } from '../format/number.ts';
import { useText } from '../i18n/use-text.ts';
import { readQueueFilter } from '../providers/filters.ts';
import { useScheme } from '../scheme/scheme.ts';
import { useQueueOverview } from './useQueueOverview.ts';

type Tab = RequestStatus | 'all';

const tabs: readonly Tab[] = [...statusOrder, 'all'];

/** The statuses as tabs, each with the number of requests it holds under the present search and tier. */
export function StatusTabs() {
  const text = useText();
  const { filterValues, setFilters } = useListContext();
  const filter = readQueueFilter(filterValues);
  const counts = useQueueOverview(filter).data?.counts;
  const selected: Tab = filter.status ?? 'all';
  const color = colors[useScheme()];

  function select(tab: Tab) {
    const { status: _, ...others } = filter;
    setFilters(tab === 'all' ? others : { ...others, status: tab }, undefined, false);
  }

  function count(tab: Tab): number | undefined {
    if (!counts) return undefined;
    return tab === 'all' ? statusOrder.reduce((sum, status) => sum + counts[status], 0) : counts[tab];
  }

  return (
    <Box
      component="nav"
      aria-label={text('queue.tabs')}
      sx={{ display: 'flex', gap: 1, mx: -2, mb: '-1px', overflowX: 'auto', scrollbarWidth: 'none' }}
    >
      {tabs.map((tab) => {
        const isSelected = tab === selected;
        return (
          <ButtonBase
            key={tab}
            onClick={() => select(tab)}
            aria-current={isSelected ? 'page' : undefined}
            sx={{
              gap: '6px',
              flex: 'none',
              height: 48,
              px: 2,
              borderBottom: 2,
              borderColor: isSelected ? 'text.primary' : 'transparent',
              color: isSelected ? 'text.primary' : 'text.secondary',
              fontSize: '0.875rem',
              fontWeight: 500,
              whiteSpace: 'nowrap',
              '&:hover': { color: 'text.primary' },
              '&&:focus-visible': { outlineOffset: -3, borderRadius: '6px' },
            }}
          >
            {tab !== 'all' && (
              <Box component="span" sx={{ color: color.status[tab].text, opacity: isSelected ? 1 : 0.85 }}>
                <Icon name={statusSigns[tab].icon} size={15} />
              </Box>
            )}
            {text(`statuses.${tab}`)}{' '}
            <Box
              component="span"
              sx={{
                minWidth: 20,
                px: '6px',
                borderRadius: '10px',
                bgcolor: isSelected ? 'action.selected' : color.surfaceSunken,
                color: 'text.secondary',
                fontSize: '0.75rem',
                lineHeight: '20px',
                fontVariantNumeric: 'tabular-nums',
                visibility: counts ? 'visible' : 'hidden',
              }}
            >
              {formatNumber(count(tab) ?? 0)}
            </Box>
          </ButtonBase>
        );
      })}
    </Box>
  );
}
