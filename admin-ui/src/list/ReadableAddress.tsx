import Box from '@mui/material/Box';
import { useStore } from 'ra-core';
import { type ReactNode, useMemo } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Notice } from '../components/Notice.tsx';
import { useText } from '../i18n/use-text.ts';
import { type AddressPart, type AddressRule, readAddress } from './readable-address.ts';

interface ListParams {
  readonly filter?: unknown;
  readonly sort?: string;
  readonly order?: string;
  readonly page?: number;
  readonly perPage?: number;
}

interface ReadableAddressProps {
  readonly resource: string;
  readonly rule: AddressRule;
  readonly children: ReactNode;
}

/**
 * Opens a list only at an address that it understands. What makes no sense is left out and told; an address that says
 * nothing is written out, so that Back from the first filter leads to the list as it was.
 */
export function ReadableAddress({ resource, rule, children }: ReadableAddressProps) {
  const text = useText();
  const { search, state } = useLocation();
  // Where react-admin keeps what the list was last left with.
  const [left] = useStore<ListParams | undefined>(`${resource}.listParams`);
  const wanted = search === '' ? remembered(left) : search;
  const read = useMemo(() => readAddress(wanted, rule), [wanted, rule]);
  if (search === '' || read.leftOut.length > 0) {
    const told = search === '' ? undefined : { leftOut: read.leftOut };
    return <Navigate to={{ search: read.search }} replace state={told} />;
  }
  const leftOut = (state as { leftOut?: readonly AddressPart[] } | null)?.leftOut ?? [];
  return (
    <>
      {leftOut.length > 0 && (
        <Box sx={{ mb: 4 }}>
          <Notice kind="warning" role="status">
            {text('list.leftOut', { parts: leftOut.map((part) => text(`list.parts.${part}`)).join(', ') })}
          </Notice>
        </Box>
      )}
      {children}
    </>
  );
}

function remembered(left: ListParams | undefined): string {
  if (!left) return '';
  const query = new URLSearchParams();
  if (left.filter) query.set('filter', JSON.stringify(left.filter));
  if (left.sort && left.order) {
    query.set('sort', left.sort);
    query.set('order', left.order);
  }
  if (left.page) query.set('page', String(left.page));
  if (left.perPage) query.set('perPage', String(left.perPage));
  return `?${query}`;
}
