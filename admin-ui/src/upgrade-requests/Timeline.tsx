import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import { colors } from '@tierline/design';
import { describeLine } from '../audit/describe-line.ts';
import { EventSign } from '../audit/EventSign.tsx';
import { Icon } from '../components/Icon.tsx';
import { Section } from '../components/Section.tsx';
import { TimeAgo } from '../format/TimeAgo.tsx';
import { useText } from '../i18n/use-text.ts';
import { useScheme } from '../scheme/scheme.ts';
import { isFull, type MaybeFullRequest, type RequestEvent } from './types.ts';
import { useTiers } from './useTiers.ts';

/** What happened to the request, as a conversation between vendor and reviewers. */
export function Timeline({ request }: { readonly request: MaybeFullRequest }) {
  const text = useText();
  return (
    <Section title={text('request.timeline')}>
      {!isFull(request) ? (
        <Box sx={{ py: 2 }}>
          <Skeleton width="48%" />
          <Skeleton width="36%" />
        </Box>
      ) : request.events.length === 0 ? (
        <Box sx={{ color: 'text.secondary' }}>{text('request.timelineEmpty')}</Box>
      ) : (
        <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {request.events.map((event) => (
            <TimelineEntry
              key={event.id}
              event={withoutOutcome(event, request)}
              targetTier={request.target_tier}
            />
          ))}
        </Box>
      )}
    </Section>
  );
}

/** The words of the decision stand with the decision already, so that the line of it does not say them again. */
function withoutOutcome(event: RequestEvent, request: MaybeFullRequest): RequestEvent {
  if (event.kind !== request.status) return event;
  return {
    ...event,
    note: event.note === request.rejection_reason ? null : event.note,
    internal_note: event.internal_note === request.admin_notes ? null : event.internal_note,
  };
}

function TimelineEntry({ event, targetTier }: { readonly event: RequestEvent; readonly targetTier: number }) {
  const text = useText();
  const { name } = useTiers();
  const { sentence, internalNote } = describeLine(
    { ...event, request: { target_tier: targetTier } },
    name,
    text,
  );
  return (
    <Box
      component="li"
      sx={{
        position: 'relative',
        display: 'grid',
        gridTemplateColumns: '28px minmax(0, 1fr)',
        columnGap: 3,
        pb: 4,
        '&:last-of-type': { pb: 0 },
        '&:not(:last-of-type)::before': {
          content: '""',
          position: 'absolute',
          left: '13px',
          top: 30,
          bottom: 2,
          width: '2px',
          bgcolor: 'divider',
        },
      }}
    >
      <EventSign kind={event.kind} fromTier={event.from_tier} toTier={event.to_tier} />
      <Box sx={{ pt: '3px' }}>
        <Box sx={{ overflowWrap: 'anywhere' }}>
          {sentence}
          <Box
            component="span"
            sx={{ color: 'text.secondary', fontSize: '0.8125rem', ml: 2, whiteSpace: 'nowrap' }}
          >
            <TimeAgo at={event.at} />
          </Box>
        </Box>
        {event.note && <Remark label={text('event.toVendor')} body={event.note} />}
        {internalNote && <Remark label={text('event.internal')} body={internalNote} internal />}
      </Box>
    </Box>
  );
}

interface RemarkProps {
  readonly label: string;
  readonly body: string;
  readonly internal?: boolean;
}

/** What someone wrote: to the vendor, or (dashed) among administrators. */
export function Remark({ label, body, internal = false }: RemarkProps) {
  const color = colors[useScheme()];
  return (
    <Box
      sx={{
        mt: 2,
        px: 3,
        py: 2,
        border: 1,
        borderStyle: internal ? 'dashed' : 'solid',
        borderColor: internal ? color.notice.warning.border : 'divider',
        borderRadius: '8px',
        bgcolor: internal ? 'transparent' : color.surfaceSunken,
      }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: '5px',
          mb: '2px',
          color: 'text.secondary',
          fontSize: '0.75rem',
          fontWeight: 500,
        }}
      >
        <Icon name={internal ? 'lock' : 'mail'} size={13} />
        {label}
      </Box>
      <Box dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'plaintext' }}>
        {body}
      </Box>
    </Box>
  );
}
