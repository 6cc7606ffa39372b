import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import { colors, toTierLevel } from '@tierline/design';
import { useMemo } from 'react';
import { PageHeading } from '../components/PageHeading.tsx';
import { QueryStates } from '../components/QueryStates.tsx';
import { Section } from '../components/Section.tsx';
import { formatHours, formatNumber, formatPercent } from '../format/number.ts';
import { formatSpan, isOverdue } from '../format/time.ts';
import { useNow } from '../format/useNow.ts';
import { FiguresDocument, type FiguresQuery } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { useConsoleQuery } from '../providers/useConsoleQuery.ts';
import { useScheme } from '../scheme/scheme.ts';
import { requestPath } from '../upgrade-requests/paths.ts';
import { BarChart } from './BarChart.tsx';
import { lastDays, toDays } from './daily.ts';
import { FigureCard } from './FigureCard.tsx';
import { queueLink } from './queue-link.ts';
import { TierFigures } from './TierFigures.tsx';

const DAYS = 30;

/** How the queue is doing. Each number leads to what it counts. */
export function Figures() {
  const days = lastDays(useNow(), DAYS);
  const query = useConsoleQuery('figures', FiguresDocument, { since: days[0] ?? '' });
  return (
    <>
      <PageHeading title="figures.title" lead="figures.lead" />
      {query.data ? <Loaded data={query.data} days={days} /> : <QueryStates query={query} />}
    </>
  );
}

function Loaded({ data, days }: { readonly data: FiguresQuery; readonly days: readonly string[] }) {
  const text = useText();
  const color = colors[useScheme()];
  const daily = useMemo(() => toDays(data.tier_upgrade_daily, days), [data, days]);
  return (
    <Box sx={{ display: 'grid', gap: 4 }}>
      <Numbers data={data} />
      <Box
        sx={{
          display: 'grid',
          gap: 4,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
        }}
      >
        <Section title={text('figures.submissions')}>
          <BarChart
            label={text('figures.submissions')}
            series={[{ key: 'submitted', label: text('figures.submitted'), color: color.accent }]}
            bars={daily.map(({ day, submitted }) => ({ day, parts: [submitted] }))}
          />
        </Section>
        <Section title={text('figures.decisions')}>
          <BarChart
            label={text('figures.decisions')}
            series={(['approved', 'rejected', 'cancelled'] as const).map((status) => ({
              key: status,
              label: text(`tabs.${status}`),
              color: color.status[status].solid,
            }))}
            bars={daily.map(({ day, approved, rejected, cancelled }) => ({
              day,
              parts: [approved, rejected, cancelled],
            }))}
          />
        </Section>
      </Box>
      <TierFigures data={data} tone={(level) => color.tier[toTierLevel(level)].solid} />
    </Box>
  );
}

function Numbers({ data }: { readonly data: FiguresQuery }) {
  const text = useText();
  const now = useNow();
  const [stats] = data.tier_upgrade_stats;
  const [oldest] = data.oldest;
  const since = stats?.oldest_pending_at ? Date.parse(stats.oldest_pending_at) : undefined;
  const rate = stats?.approval_rate_30d ?? undefined;
  const median = stats?.median_review_hours ?? undefined;
  const p90 = stats?.p90_review_hours ?? undefined;
  return (
    <Card
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'repeat(2, minmax(0, 1fr))', md: 'repeat(5, minmax(0, 1fr))' },
        gap: '1px',
        bgcolor: 'divider',
        '& > *': { bgcolor: 'background.paper' },
      }}
    >
      <FigureCard
        label={text('figures.pending')}
        value={formatNumber(Number(stats?.pending_count ?? 0))}
        hint={text('figures.pendingHint')}
        to={queueLink({ status: 'pending' })}
      />
      <FigureCard
        label={text('figures.oldest')}
        value={since === undefined ? '–' : formatSpan(now - since)}
        hint={oldest?.vendor.name ?? text('figures.nobodyWaits')}
        isWarning={since !== undefined && isOverdue(since, now)}
        to={oldest ? requestPath(oldest.id) : queueLink({ status: 'pending' })}
      />
      <FigureCard
        label={text('figures.rate')}
        value={rate === undefined ? '–' : formatPercent(Number(rate))}
        hint={text('figures.last30')}
        to={queueLink({ status: 'approved' }, 'reviewed_at')}
      />
      <FigureCard
        label={text('figures.median')}
        value={median === undefined ? '–' : formatHours(Number(median))}
        hint={text('figures.medianHint')}
        to={queueLink({}, 'reviewed_at')}
      />
      <FigureCard
        label={text('figures.p90')}
        value={p90 === undefined ? '–' : formatHours(Number(p90))}
        hint={text('figures.p90Hint')}
        to={queueLink({}, 'reviewed_at')}
      />
    </Card>
  );
}
