import { useMutation } from '@apollo/client/react';
import { useCallback } from 'react';
import { useToast } from '../../components/Toasts.tsx';
import { graphql } from '../../gql/gql.ts';
import { toProblem } from '../../lib/graphql/problem.ts';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';

const MarkReadDocument = graphql(`
  mutation MarkNotificationsRead($which: notifications_bool_exp!) {
    update_notifications(where: { _and: [{ read_at: { _is_null: true } }, $which] }, _set: { read_at: "now()" }) {
      returning {
        id
        read_at
      }
    }
  }
`);

/** Marks one notification as read, or all of them; doing it twice changes nothing. */
export function useMarkRead() {
  const messages = useMessages();
  const toast = useToast();
  const [mutate, { loading }] = useMutation(MarkReadDocument);
  const markRead = useCallback(
    async (id?: string) => {
      try {
        await mutate({ variables: { which: id === undefined ? {} : { id: { _eq: id } } } });
      } catch (error) {
        toast({ tone: 'danger', text: problemText(toProblem(error), messages) });
      }
    },
    [mutate, toast, messages],
  );
  return { markRead, busy: loading };
}
