import { useInfiniteQuery } from '@tanstack/react-query';
import { useGetIdentity } from 'ra-core';
import { MyNotificationsDocument } from '../gql/graphql.ts';
import { useGraphQLClient } from '../providers/graphql-client.ts';
import { PAGES_KEY } from '../providers/useConsoleQuery.ts';

const PAGE = 30;

interface Place {
  readonly at: string;
  readonly id: string;
}

/** What the person was told, newest first, a page at a time; each begins below the last of the one before. */
export function useMyNotifications(onlyUnread: boolean) {
  const client = useGraphQLClient();
  const userId = useGetIdentity().identity?.id;
  return useInfiniteQuery({
    queryKey: [PAGES_KEY, 'notifications', userId, onlyUnread],
    enabled: userId !== undefined,
    initialPageParam: undefined as Place | undefined,
    queryFn: async ({ pageParam: after, signal }) => {
      const where = {
        _and: [
          { user_id: { _eq: String(userId) } },
          ...(onlyUnread ? [{ read_at: { _is_null: true }, done_at: { _is_null: true } }] : []),
          ...(after
            ? [
                { created_at: { _lte: after.at } },
                { _or: [{ created_at: { _lt: after.at } }, { id: { _lt: after.id } }] },
              ]
            : []),
        ],
      };
      return (await client.run(MyNotificationsDocument, { where, limit: PAGE }, signal)).notifications;
    },
    getNextPageParam: (page) => {
      const last = page.at(-1);
      return page.length < PAGE || !last ? undefined : { at: last.created_at, id: last.id };
    },
    retry: false,
  });
}
