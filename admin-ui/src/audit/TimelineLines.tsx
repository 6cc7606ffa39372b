import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { Link as RouterLink } from 'react-router';
import { MomentAndAgo } from '../format/TimeAgo.tsx';
import type { TimelineLineFragment } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { requestPath } from '../upgrade-requests/paths.ts';
import { Remark } from '../upgrade-requests/Timeline.tsx';
import { useTiers } from '../upgrade-requests/useTiers.ts';
import { userPath } from '../users/paths.ts';
import { vendorPath } from '../vendors/paths.ts';
import { describeLine } from './describe-line.ts';
import { EventSign } from './EventSign.tsx';

interface TimelineLinesProps {
  readonly lines: readonly TimelineLineFragment[];
  /** Where all lines are of one vendor, its name says nothing. */
  readonly hidesVendor?: boolean;
}

/** Lines of the history, newest first: what happened, to whom, by whom and when, with the way to each. */
export function TimelineLines({ lines, hidesVendor = false }: TimelineLinesProps) {
  const text = useText();
  if (lines.length === 0) {
    return <Box sx={{ color: 'text.secondary' }}>{text('audit.none')}</Box>;
  }
  return (
    <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {lines.map((line) => (
        <Line key={line.id} line={line} hidesVendor={hidesVendor} />
      ))}
    </Box>
  );
}

function Line({ line, hidesVendor }: { readonly line: TimelineLineFragment; readonly hidesVendor: boolean }) {
  const text = useText();
  const { name } = useTiers();
  const { sentence, internalNote } = describeLine(line, name, text);
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: '28px minmax(0, 1fr)',
        columnGap: 3,
        py: 3,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0, pt: 1 },
        '&:last-of-type': { pb: 0 },
      }}
    >
      <EventSign kind={line.kind} fromTier={line.from_tier} toTier={line.to_tier} />
      <Box sx={{ pt: '3px', minWidth: 0, overflowWrap: 'anywhere' }}>
        <Box>
          {!hidesVendor && line.vendor_id && (
            <>
              <Link
                component={RouterLink}
                to={vendorPath(line.vendor_id)}
                sx={{ color: 'text.primary', fontWeight: 500 }}
              >
                {line.vendor?.name ?? text('audit.goneVendor')}
              </Link>
              {' · '}
            </>
          )}
          {sentence}
        </Box>
        <Box
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            columnGap: 3,
            color: 'text.secondary',
            fontSize: '0.8125rem',
            // Links of neighbouring lines lie close together: each is as high as a finger needs.
            '& > a': { display: 'inline-flex', alignItems: 'center', minHeight: 24 },
          }}
        >
          <MomentAndAgo at={line.at} />
          {line.actor_id && (
            <Link component={RouterLink} to={userPath(line.actor_id)}>
              {text(line.actor ? 'audit.openPerson' : 'audit.gonePerson')}
            </Link>
          )}
          {line.request_id && line.request && (
            <Link component={RouterLink} to={requestPath(line.request_id)}>
              {text('audit.openRequest')}
            </Link>
          )}
        </Box>
        {line.note && <Remark label={text('event.toVendor')} body={line.note} />}
        {internalNote && <Remark label={text('event.internal')} body={internalNote} internal />}
      </Box>
    </Box>
  );
}
