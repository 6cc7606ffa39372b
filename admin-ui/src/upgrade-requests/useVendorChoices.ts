import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { VendorChoicesDocument } from '../gql/graphql.ts';
import { anywhere, searchWords } from '../providers/filters.ts';
import { useGraphQLClient } from '../providers/graphql-client.ts';

/** A vendor to choose. */
export interface VendorChoice {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

const KEY = 'vendor-choices';
const TYPING_PAUSE = 200;
const MINUTE = 60_000;

/** Vendors whose name or address holds what was typed, once they are wanted; the first few of all when nothing was. */
export function useVendorChoices(typed: string, isWanted: boolean) {
  const client = useGraphQLClient();
  const queryClient = useQueryClient();
  const [words, setWords] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setWords(searchWords(typed)), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  return useQuery({
    queryKey: [KEY, 'search', words],
    queryFn: async ({ signal }): Promise<readonly VendorChoice[]> => {
      const where = words ? { _or: [{ name: anywhere(words) }, { email: anywhere(words) }] } : {};
      const { vendors } = await client.run(VendorChoicesDocument, { where }, signal);
      for (const vendor of vendors) queryClient.setQueryData([KEY, vendor.id], vendor);
      return vendors;
    },
    enabled: isWanted,
    placeholderData: keepPreviousData,
    staleTime: MINUTE,
    retry: false,
  });
}

/**
 * The vendor that is chosen already, read only when it is not known from a list.
 * @param mayAsk false while it may yet turn up elsewhere
 */
export function useVendorChoice(id: string | undefined, mayAsk = true): VendorChoice | undefined {
  const client = useGraphQLClient();
  return (
    useQuery({
      queryKey: [KEY, id],
      queryFn: async ({ signal }): Promise<VendorChoice | null> =>
        (await client.run(VendorChoicesDocument, { where: { id: { _eq: id ?? null } } }, signal))
          .vendors[0] ?? null,
      enabled: mayAsk && id !== undefined,
      staleTime: MINUTE,
      retry: false,
    }).data ?? undefined
  );
}
