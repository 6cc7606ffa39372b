import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { colors, type RequestStatus, statusOrder, statusSigns } from '@tierline/design';
import { useListContext } from 'ra-core';
import type { ReactNode } from 'react';
import { Icon } from '../components/Icon.tsx';
import { formatNumber } from '../format/number.ts';
import { type Text, useText } from '../i18n/use-text.ts';
import type { Count } from '../providers/count-limit.ts';
import { readQueueFilter } from '../providers/filters.ts';
import { countOf } from '../providers/queue-counts.ts';
import { isDecided, isSameOrder, readSort, usualOrder } from '../providers/queue-order.ts';
import { useScheme } from '../scheme/scheme.ts';
import { useQueueCounts } from './useQueueCounts.ts';

type Tab = RequestStatus | 'all';

const tabs: readonly Tab[] = [...statusOrder, 'all'];

/** The statuses as tabs, each with the number of requests it holds under the present search and tier. */
export function StatusTabs() {
  const text = useText();
  const { filterValues, setFilters, sort, setSort } = useListContext();
  const filter = readQueueFilter(filterValues);
  const counts = useQueueCounts();
  const selected: Tab = filter.status ?? 'all';
  const color = colors[useScheme()];

  function select(tab: Tab) {
    const { status: _, ...others } = filter;
    const wanted = tab === 'all' ? undefined : tab;
    // An order that somebody chose stays; decisions have an order only where there are some.
    const isUsual = isSameOrder(readSort(sort), usualOrder(filter.status));
    if (isUsual || (sort.field === 'reviewed_at' && wanted && !isDecided(wanted)))
      setSort({ ...usualOrder(wanted) });
    setFilters(tab === 'all' ? others : { ...others, status: tab }, undefined, false);
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
            {text(`tabs.${tab}`)}{' '}
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
              {describeCount(counts && countOf(counts, tab === 'all' ? undefined : tab), text)}
            </Box>
          </ButtonBase>
        );
      })}
    </Box>
  );
}

/** A number of requests; where counting stopped, that it is more. */
function describeCount(found: Count | undefined, text: Text): ReactNode {
  if (found === undefined) return 0;
  const count = formatNumber(found.count);
  if (!found.isMore) return count;
  return (
    <>
      <span className="visually-hidden">{text('queue.moreThan', { limit: count })}</span>
      <span aria-hidden>{`${count}+`}</span>
    </>
  );
}
