import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Link from '@mui/material/Link';
import { useGetIdentity } from 'ra-core';
import { Link as RouterLink, useSearchParams } from 'react-router';
import { Icon } from '../components/Icon.tsx';
import { Message } from '../components/Message.tsx';
import { Notice } from '../components/Notice.tsx';
import { PageHeading } from '../components/PageHeading.tsx';
import { QueryStates } from '../components/QueryStates.tsx';
import { toPlainError } from '../errors/plain-error.ts';
import { TimeAgo } from '../format/TimeAgo.tsx';
import { MarkNotificationsReadDocument, type MyNotificationsQuery } from '../gql/graphql.ts';
import { useText } from '../i18n/use-text.ts';
import { useConsoleAction } from '../providers/useConsoleQuery.ts';
import { requestPath } from '../upgrade-requests/paths.ts';
import { useTiers } from '../upgrade-requests/useTiers.ts';
import { useMyNotifications } from './useMyNotifications.ts';

/** What administrators are told of; the database keeps the table's name before it. */
const kindEndings = ['submitted', 'cancelled'] as const;

type NotificationRow = MyNotificationsQuery['notifications'][number];

/** What the person was told. Opening one, or a click, marks it as read. */
export function NotificationList() {
  const text = useText();
  const [search, setSearch] = useSearchParams();
  const onlyUnread = search.get('show') === 'unread';
  const query = useMyNotifications(onlyUnread);
  const { mark, isPending, error } = useMarkRead();
  const rows = query.data?.pages.flat() ?? [];
  return (
    <>
      <PageHeading
        title="notifications.title"
        aside={
          <Button
            disabled={isPending || !rows.some((row) => row.read_at === null && row.done_at === null)}
            onClick={() => mark()}
            startIcon={<Icon name="tick" />}
          >
            {text('notifications.markAll')}
          </Button>
        }
      />
      <Card>
        <Box sx={{ display: 'flex', gap: 2, p: 3, borderBottom: 1, borderColor: 'divider' }}>
          {([false, true] as const).map((unread) => (
            <Button
              key={String(unread)}
              variant="text"
              aria-pressed={unread === onlyUnread}
              onClick={() => setSearch(unread ? { show: 'unread' } : {}, { replace: true })}
              sx={unread === onlyUnread ? { bgcolor: 'action.selected', color: 'text.primary' } : {}}
            >
              {text(unread ? 'notifications.unread' : 'notifications.all')}
            </Button>
          ))}
        </Box>
        {error && (
          <Notice kind="danger" role="alert" square>
            {toPlainError(error, text).message}
          </Notice>
        )}
        {!query.data ? (
          <Box sx={{ p: 4 }}>
            <QueryStates query={query} />
          </Box>
        ) : rows.length === 0 ? (
          <Message
            icon="bell"
            title={text(onlyUnread ? 'notifications.allReadTitle' : 'notifications.emptyTitle')}
            body={text(onlyUnread ? 'notifications.allReadBody' : 'notifications.emptyBody')}
          />
        ) : (
          <Box component="ul" aria-label={text('notifications.title')} sx={{ m: 0, p: 0, listStyle: 'none' }}>
            {rows.map((row) => (
              <Entry key={row.id} row={row} onRead={() => mark(row.id)} />
            ))}
          </Box>
        )}
        {query.hasNextPage && (
          <Box sx={{ p: 4, textAlign: 'center', borderTop: 1, borderColor: 'divider' }}>
            <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {text(query.isFetchingNextPage ? 'audit.loadingOlder' : 'notifications.older')}
            </Button>
          </Box>
        )}
      </Card>
    </>
  );
}

/**
 * Title and text in the reader's language. The stored ones are written once, for everyone and for mail; a kind that the
 * console does not know is told in them.
 */
function useWords({ kind, title, body, request }: NotificationRow): {
  readonly title: string;
  readonly body: string;
} {
  const text = useText();
  const { name } = useTiers();
  const known = kindEndings.find((ending) => kind.endsWith(ending));
  if (!known || !request) return { title, body };
  const tier = name(request.target_tier);
  return {
    title: text(`notifications.${known}.title`),
    body: text(`notifications.${known}.body`, { vendor: request.vendor.name, tier }),
  };
}

function useMarkRead() {
  const me = String(useGetIdentity().identity?.id);
  const action = useConsoleAction(MarkNotificationsReadDocument);
  /** One, or all that are unread. Those that were read before keep the time of that. */
  const mark = (id?: string) =>
    action.mutate({
      where: { user_id: { _eq: me }, read_at: { _is_null: true }, ...(id && { id: { _eq: id } }) },
      at: new Date().toISOString(),
    });
  return { mark, isPending: action.isPending, error: action.error };
}

function Entry({ row, onRead }: { readonly row: NotificationRow; readonly onRead: () => void }) {
  const text = useText();
  const { title, body } = useWords(row);
  const isUnread = row.read_at === null && row.done_at === null;
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '12px minmax(0, 1fr)', sm: '12px minmax(0, 1fr) auto' },
        columnGap: 3,
        alignItems: 'start',
        px: 4,
        py: 3,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
        overflowWrap: 'anywhere',
      }}
    >
      <Box sx={{ pt: '7px' }}>
        {isUnread && (
          <Box sx={{ width: 8, height: 8, borderRadius: '50%', bgcolor: 'primary.main' }}>
            <span className="visually-hidden">{text('notifications.isUnread')}</span>
          </Box>
        )}
      </Box>
      <Box>
        <Box sx={{ fontWeight: isUnread ? 600 : 500 }}>
          {row.request_id ? (
            <Link
              component={RouterLink}
              to={requestPath(row.request_id)}
              onClick={() => isUnread && onRead()}
              sx={{ color: 'text.primary' }}
            >
              {title}
            </Link>
          ) : (
            title
          )}
        </Box>
        <Box sx={{ color: 'text.secondary', whiteSpace: 'pre-wrap' }}>{body}</Box>
        <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
          <TimeAgo at={row.created_at} />
        </Box>
      </Box>
      {isUnread && (
        <Button
          size="small"
          variant="text"
          onClick={onRead}
          aria-label={text('notifications.markOne', { title, body })}
          sx={{ gridColumn: { xs: 2, sm: 'auto' }, justifySelf: 'start', ml: { xs: '-12px', sm: 0 } }}
        >
          {text('notifications.mark')}
        </Button>
      )}
    </Box>
  );
}
