import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import MenuItem from '@mui/material/MenuItem';
import Select from '@mui/material/Select';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useSearchParams } from 'react-router';
import { DayField } from '../components/DayField.tsx';
import { Icon } from '../components/Icon.tsx';
import { Message } from '../components/Message.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { QueryStates } from '../components/QueryStates.tsx';
import { SelectArrow } from '../components/SelectArrow.tsx';
import { AuditTimelineDocument, type TimelineLineFragment } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { useGraphQLClient } from '../providers/graphql-client.ts';
import { PAGES_KEY } from '../providers/useConsoleQuery.ts';
import { VendorPicker } from '../upgrade-requests/VendorPicker.tsx';
import { actorGroups, eventKinds, type Place, readAuditFilter, toAuditConditions } from './audit-filter.ts';
import type { AuditFilter } from './paths.ts';
import { TimelineLines } from './TimelineLines.tsx';

const PAGE = 40;

/** Everything that ever happened, newest first. */
export function AuditTimeline() {
  const text = useText();
  const [search, setSearch] = useSearchParams();
  const filter = readAuditFilter(search);
  const query = useHistory(filter);
  const lines = query.data?.pages.flat() ?? [];
  const isFiltered = Object.keys(filter).length > 0;

  function change(name: keyof AuditFilter, value: string) {
    setSearch((current) => {
      const next = new URLSearchParams(current);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    });
  }

  return (
    <>
      <PageHeading title="audit.title" lead="audit.lead" />
      <Card>
        <Filters filter={filter} lines={lines} onChange={change} />
        {!query.data ? (
          <Box sx={{ p: 4 }}>
            <QueryStates query={query} />
          </Box>
        ) : lines.length === 0 ? (
          <Message
            icon={isFiltered ? 'search' : 'history'}
            title={text(isFiltered ? 'list.filteredTitle' : 'audit.emptyTitle')}
            body={text(isFiltered ? 'list.filteredBody' : 'audit.emptyBody')}
            action={isFiltered && <Button onClick={() => setSearch({})}>{text('list.clearFilters')}</Button>}
          />
        ) : (
          <Box
            sx={{ px: 4, py: 4, opacity: query.isPlaceholderData ? 0.55 : 1 }}
            aria-busy={query.isPlaceholderData}
          >
            <TimelineLines lines={lines} />
            {query.hasNextPage && (
              <Box sx={{ mt: 4, textAlign: 'center' }}>
                <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {text(query.isFetchingNextPage ? 'audit.loadingOlder' : 'audit.older')}
                </Button>
              </Box>
            )}
          </Box>
        )}
      </Card>
    </>
  );
}

function useHistory(filter: AuditFilter) {
  const client = useGraphQLClient();
  return useInfiniteQuery({
    queryKey: [PAGES_KEY, 'timeline', filter],
    initialPageParam: undefined as Place | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const where = toAuditConditions(filter, pageParam);
      return (await client.run(AuditTimelineDocument, { where, limit: PAGE }, signal))
        .tier_upgrade_request_events;
    },
    getNextPageParam: (page) => {
      const last = page.at(-1);
      return page.length < PAGE || !last ? undefined : { at: last.at, id: last.id };
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
}

interface FiltersProps {
  readonly filter: AuditFilter;
  /** What is on screen, which knows the names behind the ids in the filter. */
  readonly lines: readonly TimelineLineFragment[];
  readonly onChange: (name: keyof AuditFilter, value: string) => void;
}

function Filters({ filter, lines, onChange }: FiltersProps) {
  const text = useText();
  const vendorField = useId();
  const isPerson = filter.actor !== undefined && !actorGroups.some((group) => group === filter.actor);
  return (
    <Box
      sx={{
        // On a phone the choices side by side, and each of the others across.
        display: { xs: 'grid', sm: 'flex' },
        gridTemplateColumns: '1fr 1fr',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 2,
        p: 3,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      <Choice
        label={text('audit.kind')}
        value={filter.kind ?? ''}
        any={text('audit.anyKind')}
        choices={eventKinds.map((kind) => [kind, text(`audit.kinds.${kind}`)])}
        onChange={(value) => onChange('kind', value)}
      />
      {isPerson ? (
        <Chip
          label={
            lines.find((line) => line.actor_id === filter.actor)?.actor?.email ?? text('audit.onePerson')
          }
          onRemove={() => onChange('actor', '')}
        />
      ) : (
        <Choice
          label={text('audit.actor')}
          value={filter.actor ?? ''}
          any={text('audit.anyActor')}
          choices={actorGroups.map((group) => [group, text(`audit.actors.${group}`)])}
          onChange={(value) => onChange('actor', value)}
        />
      )}
      <Box sx={{ flex: '1 1 180px', maxWidth: { sm: 260 }, gridColumn: '1 / -1' }}>
        <VendorPicker
          id={vendorField}
          label={text('queue.filters.vendor')}
          vendorId={filter.vendor}
          onPick={(id) => onChange('vendor', id ?? '')}
        />
      </Box>
      <Day label={text('audit.from')} value={filter.from} onChange={(value) => onChange('from', value)} />
      <Day label={text('audit.to')} value={filter.to} onChange={(value) => onChange('to', value)} />
    </Box>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly any: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value, any, choices, onChange }: ChoiceProps) {
  return (
    <Select
      value={value}
      displayEmpty
      onChange={(event) => onChange(event.target.value)}
      inputProps={{ 'aria-label': label }}
      IconComponent={SelectArrow}
    >
      <MenuItem value="">{any}</MenuItem>
      {choices.map(([name, words]) => (
        <MenuItem key={name} value={name}>
          {words}
        </MenuItem>
      ))}
    </Select>
  );
}

function Chip({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  const text = useText();
  return (
    <Button
      onClick={onRemove}
      endIcon={<Icon name="close" size={14} />}
      aria-label={text('audit.removeFilter', { label })}
      sx={{ maxWidth: 260, '& > span:first-of-type': { overflow: 'hidden' } }}
    >
      <Box component="span" sx={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
        {label}
      </Box>
    </Button>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
}) {
  return (
    <Box
      component="label"
      sx={{ display: 'flex', alignItems: 'center', gap: 2, gridColumn: '1 / -1', fontSize: '0.8125rem' }}
    >
      <Box component="span" sx={{ flex: { xs: '0 0 40px', sm: 'none' } }}>
        {label}
      </Box>
      <DayField value={value} onChange={(day) => onChange(day ?? '')} sx={{ flex: '1 1 auto' }} />
    </Box>
  );
}
