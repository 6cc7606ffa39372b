import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TypedDocumentString } from '../gql/graphql.ts';
import { useGraphQLClient } from './graphql-client.ts';

/** The first part of the key of everything that is read by an operation of its own, beside the queue. */
export const PAGES_KEY = 'pages';

/** Reads one screen by one operation. Live updates mark it as old, and it is read again in place. */
export function useConsoleQuery<Data, Variables>(
  name: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
) {
  const client = useGraphQLClient();
  return useQuery({
    queryKey: [PAGES_KEY, name, variables],
    queryFn: ({ signal }) => client.run(document, variables, signal),
    retry: false,
  });
}

/**
 * Calls an action. Nothing is shown before the server has said yes; then, as after a refusal, whatever is on screen is
 * read again. Without a network it fails at once instead of happening later, unseen.
 */
export function useConsoleAction<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  onDone?: (data: Data, variables: Variables) => void,
) {
  const client = useGraphQLClient();
  const queryClient = useQueryClient();
  return useMutation({
    networkMode: 'always',
    retry: false,
    mutationFn: (variables: Variables) => client.run(document, variables),
    onSuccess: async (data, variables) => {
      await queryClient.invalidateQueries();
      onDone?.(data, variables);
    },
    onError: () => void queryClient.invalidateQueries(),
  });
}
