/** Which client a call comes from, as far as somebody we trust says so. */

import type { Request } from 'express';
import type { Client } from '../accounts/login-guard.ts';
import type { Config } from '../config.ts';
import { carriesActionSecret } from './action-secret.ts';
import { readCookie } from './cookies.ts';

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

/** The cookie by which a device is known. */
export const DEVICE_COOKIE = 'tierline_device';

/** The client of a REST call. */
export function clientOf(request: Request, { actionSecret }: Pick<Config, 'actionSecret'>): Client {
  return {
    address: clientAddressOf(request, actionSecret),
    deviceCookie: readCookie(request, DEVICE_COOKIE),
  };
}

/**
 * The client of a call that came through Hasura, which forwards its headers. Anybody who reaches Hasura can write
 * X-Forwarded-For, so it is believed only where `TRUST_PROXY` says that a proxy of ours stands in between.
 */
export function clientThroughHasura(
  request: Request,
  { actionSecret, trustProxy }: Pick<Config, 'actionSecret' | 'trustProxy'>,
): Client {
  const isTold = trustProxy.length > 0 && request.headers['x-forwarded-for'] !== undefined;
  return {
    address: isTold ? clientAddressOf(request, actionSecret) : null,
    deviceCookie: readCookie(request, DEVICE_COOKIE),
  };
}
