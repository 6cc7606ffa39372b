/** Where a call comes from, as far as somebody we trust says so. */

import type { Request } from 'express';
import { carriesActionSecret } from './action-secret.ts';

/** What Express makes of `trust proxy`. */
type TrustsProxy = (address: string, hop: number) => boolean;

/**
 * The client's address: the socket's, or what a proxy in `TRUST_PROXY` says of it in `X-Forwarded-For`. The servers of our
 * pages are believed for the action secret they send: they have no address of their own, being where everything else on
 * their machine is too.
 */
export function clientAddressOf(request: Request, actionSecret: string): string | null {
  if (!carriesActionSecret(request, actionSecret)) return request.ip ?? null;
  const trusts = request.app.get('trust proxy fn') as TrustsProxy;
  const hops = [request.headers['x-forwarded-for'] ?? []]
    .flat()
    .flatMap((header) => header.split(','))
    .map((address) => address.trim())
    .filter((address) => address !== '')
    .reverse();
  return hops.find((address, index) => !trusts(address, index + 1)) ?? hops.at(-1) ?? request.ip ?? null;
}
