import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { Link as RouterLink } from 'react-router';
import { Section } from '../components/Section.tsx';
import { formatNumber } from '../format/number.ts';
import type { FiguresQuery } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { TierBadge } from '../upgrade-requests/TierBadge.tsx';
import { vendorsPath } from '../vendors/paths.ts';
import { queueLink } from './queue-link.ts';

interface TierFiguresProps {
  readonly data: FiguresQuery;
  readonly tone: (level: number) => string;
}

/** How many vendors are on each tier, and how many wait to come to it. */
export function TierFigures({ data, tone }: TierFiguresProps) {
  const text = useText();
  const count = (one: { readonly aggregate: { readonly count: number } | null }) => one.aggregate?.count ?? 0;
  const rows = [
    { level: 1, vendors: count(data.vendors_1), waiting: undefined },
    { level: 2, vendors: count(data.vendors_2), waiting: count(data.pending_2) },
    { level: 3, vendors: count(data.vendors_3), waiting: count(data.pending_3) },
    { level: 4, vendors: count(data.vendors_4), waiting: count(data.pending_4) },
  ];
  const most = Math.max(1, ...rows.map((row) => row.vendors));
  return (
    <Section title={text('figures.byTier')}>
      <Box
        component="table"
        sx={{
          width: '100%',
          borderCollapse: 'collapse',
          fontVariantNumeric: 'tabular-nums',
          '& th, & td': {
            py: 2,
            pr: 3,
            textAlign: 'left',
            fontWeight: 400,
            borderTop: 1,
            borderColor: 'divider',
          },
          '& thead th': { border: 0, color: 'text.secondary', fontSize: '0.75rem', pt: 0 },
        }}
      >
        <thead>
          <tr>
            <th scope="col">{text('vendors.columns.tier')}</th>
            <th scope="col">{text('figures.vendors')}</th>
            <th scope="col">{text('figures.waiting')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ level, vendors, waiting }) => (
            <tr key={level}>
              <Box component="th" scope="row" sx={{ width: 110 }}>
                <TierBadge level={level} />
              </Box>
              <td>
                <Box sx={{ display: 'flex', alignItems: 'center', gap: 3 }}>
                  <Link
                    component={RouterLink}
                    to={`${vendorsPath}?${new URLSearchParams({ filter: JSON.stringify({ tier: level }) })}`}
                    sx={{ minWidth: 36 }}
                    aria-label={text('figures.vendorsOn', { count: formatNumber(vendors), level })}
                  >
                    {formatNumber(vendors)}
                  </Link>
                  <Box aria-hidden sx={{ flex: 1, display: { xs: 'none', sm: 'block' } }}>
                    <Box
                      className="keeps-colors"
                      sx={{
                        height: 8,
                        width: `${(vendors / most) * 100}%`,
                        minWidth: vendors > 0 ? 2 : 0,
                        borderRadius: '4px',
                        bgcolor: tone(level),
                      }}
                    />
                  </Box>
                </Box>
              </td>
              <Box component="td" sx={{ width: '24%' }}>
                {waiting === undefined ? (
                  '–'
                ) : (
                  <Link
                    component={RouterLink}
                    to={queueLink({ status: 'pending', target_tier: level })}
                    aria-label={text('figures.waitingFor', { count: formatNumber(waiting), level })}
                  >
                    {formatNumber(waiting)}
                  </Link>
                )}
              </Box>
            </tr>
          ))}
        </tbody>
      </Box>
    </Section>
  );
}
