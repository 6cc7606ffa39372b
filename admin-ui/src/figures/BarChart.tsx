import Box from '@mui/material/Box';
import { useId, useState } from 'react';
import { formatNumber } from '../format/number.ts';
import { formatDay } from '../format/time.ts';
import { useText } from '../i18n/use-text.ts';
import { niceTop } from './daily.ts';

/** One kind of thing that is counted. */
export interface Series {
  readonly key: string;
  readonly label: string;
  readonly color: string;
}

interface BarChartProps {
  readonly label: string;
  readonly series: readonly Series[];
  /** One bar a day, its parts in the order of the series. */
  readonly bars: readonly { readonly day: string; readonly parts: readonly number[] }[];
}

const WIDTH = 600;
const HEIGHT = 150;
const GAP = 0.28;

/**
 * Stacked bars, one a day. The drawing is for eyes alone; for screen readers, and whoever wants the numbers, the same is
 * there as a table.
 */
export function BarChart({ label, series, bars }: BarChartProps) {
  const text = useText();
  const [pointed, setPointed] = useState<number>();
  const [isTable, setIsTable] = useState(false);
  const tableId = useId();
  const sums = bars.map((bar) => bar.parts.reduce((sum, part) => sum + part, 0));
  const top = niceTop(Math.max(0, ...sums));
  const step = WIDTH / bars.length;
  const shown = pointed === undefined ? undefined : bars[pointed];
  return (
    <Box>
      <Legend series={series} {...(shown && { parts: shown.parts, day: shown.day })} />
      <Box sx={{ display: 'flex', gap: 2 }}>
        <Box
          aria-hidden
          sx={{
            display: 'flex',
            flexDirection: 'column',
            justifyContent: 'space-between',
            minWidth: 20,
            textAlign: 'right',
            color: 'text.secondary',
            fontSize: '0.75rem',
            lineHeight: 1,
            fontVariantNumeric: 'tabular-nums',
          }}
        >
          <span>{formatNumber(top)}</span>
          <span>{formatNumber(top / 2)}</span>
          <span>0</span>
        </Box>
        <Box
          component="svg"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          onPointerLeave={() => setPointed(undefined)}
          sx={{ flex: 1, width: '100%', minWidth: 0, height: 150, color: 'divider' }}
        >
          {[0, 0.5, 1].map((share) => (
            <line
              key={share}
              x1={0}
              x2={WIDTH}
              y1={HEIGHT * share}
              y2={HEIGHT * share}
              stroke="currentColor"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {bars.map((bar, index) => (
            <g key={bar.day} onPointerEnter={() => setPointed(index)}>
              <rect
                x={index * step}
                y={0}
                width={step}
                height={HEIGHT}
                fill={pointed === index ? 'currentColor' : 'transparent'}
                opacity={0.5}
              />
              {stack(bar.parts, top).map(({ y, height }, part) => (
                <rect
                  key={series[part]?.key}
                  x={(index + GAP / 2) * step}
                  y={y}
                  width={step * (1 - GAP)}
                  height={height}
                  fill={series[part]?.color}
                />
              ))}
            </g>
          ))}
        </Box>
      </Box>
      <Box
        sx={{
          display: 'flex',
          justifyContent: 'space-between',
          alignItems: 'center',
          mt: 1,
          pl: 7,
          color: 'text.secondary',
          fontSize: '0.75rem',
        }}
      >
        <span>{bars[0] && formatDay(bars[0].day)}</span>
        <Box
          component="button"
          type="button"
          aria-expanded={isTable}
          aria-controls={tableId}
          onClick={() => setIsTable(!isTable)}
          sx={{
            minHeight: 24,
            px: 2,
            border: 0,
            borderRadius: 1,
            bgcolor: 'transparent',
            color: 'inherit',
            font: 'inherit',
            cursor: 'pointer',
            textDecoration: 'underline',
          }}
        >
          {text(isTable ? 'figures.hideNumbers' : 'figures.showNumbers')}
        </Box>
        <span>{bars.at(-1) && formatDay(bars.at(-1)?.day ?? '')}</span>
      </Box>
      <Box
        id={tableId}
        className={isTable ? undefined : 'visually-hidden'}
        {...(isTable && { tabIndex: 0, role: 'region', 'aria-label': label })}
        sx={isTable ? { mt: 3, maxHeight: 260, overflow: 'auto' } : {}}
      >
        <Box
          component="table"
          aria-label={label}
          sx={{
            width: '100%',
            borderCollapse: 'collapse',
            fontSize: '0.8125rem',
            fontVariantNumeric: 'tabular-nums',
            '& th': { fontWeight: 500, textAlign: 'right', color: 'text.secondary', py: '3px' },
            '& th:first-of-type': { textAlign: 'left' },
            '& td': { textAlign: 'right', borderTop: 1, borderColor: 'divider', py: '3px' },
            '& tbody th': { borderTop: 1, borderColor: 'divider' },
          }}
        >
          <thead>
            <tr>
              <th scope="col">{text('figures.day')}</th>
              {series.map((one) => (
                <th key={one.key} scope="col">
                  {one.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bars.toReversed().map((bar) => (
              <tr key={bar.day}>
                <th scope="row">{formatDay(bar.day)}</th>
                {bar.parts.map((part, index) => (
                  <td key={series[index]?.key}>{formatNumber(part)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </Box>
      </Box>
    </Box>
  );
}

function stack(
  parts: readonly number[],
  top: number,
): readonly { readonly y: number; readonly height: number }[] {
  let below = 0;
  return parts.map((part) => {
    const height = (part / top) * HEIGHT;
    below += height;
    return { y: HEIGHT - below, height };
  });
}

interface LegendProps {
  readonly series: readonly Series[];
  /** The day under the pointer, with its numbers. */
  readonly day?: string;
  readonly parts?: readonly number[];
}

function Legend({ series, day, parts }: LegendProps) {
  return (
    <Box
      aria-hidden
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 4,
        minHeight: 22,
        mb: 2,
        color: 'text.secondary',
        fontSize: '0.8125rem',
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {day && <Box sx={{ color: 'text.primary', fontWeight: 500 }}>{formatDay(day)}</Box>}
      {series.map((one, index) => (
        <Box key={one.key} sx={{ display: 'flex', alignItems: 'center', gap: '6px' }}>
          <Box
            className="keeps-colors"
            sx={{ width: 10, height: 10, borderRadius: '3px', bgcolor: one.color }}
          />
          {one.label}
          {parts && (
            <Box sx={{ color: 'text.primary', fontWeight: 500 }}>{formatNumber(parts[index] ?? 0)}</Box>
          )}
        </Box>
      ))}
    </Box>
  );
}
