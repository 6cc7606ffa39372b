import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';
import type { RequestContext } from '../engine-types.ts';

/** Tells of an address whether it is a proxy that is believed. */
export type TrustsProxy = (address: string, hop: number) => boolean;

const trustsNobody: TrustsProxy = () => false;

/** Tells whose `X-Forwarded-For` is believed. */
export function trustProxies(addresses: readonly string[]): TrustsProxy {
  return addresses.length === 0 ? trustsNobody : proxyAddr.compile([...addresses]);
}

/** A request's context whose address is known. */
export type HttpContext = RequestContext & { readonly ip: string };

/** What the rest of the engine may know of an HTTP request. */
export function readRequestContext(request: IncomingMessage, trustsProxy: TrustsProxy): HttpContext {
  const headers = flattenHeaders(request.headers);
  return { headers, requestId: readRequestId(headers), ip: readClientIp(request, trustsProxy) };
}

/** A path that a URL parser would make another one of: `/x/../v1/metadata`, `/v1\\metadata`. */
const AMBIGUOUS_PATH = /^[^?#]*(\\|\/(\.|%2e){1,2}([/?#]|$))/i;

/**
 * The address of a request, its path just as it was sent; null where there is none. Rules of a proxy in front, such
 * as who may reach `/v1/metadata`, must not be got round by other spellings of the same path.
 */
export function readUrl(address: string): URL | null {
  if (AMBIGUOUS_PATH.test(address)) return null;
  return URL.parse(address.startsWith('/') ? `http://engine${address}` : address);
}

/** Where the client is: the nearest address that is not a trusted proxy's. */
export function readClientIp(request: IncomingMessage, trustsProxy: TrustsProxy): string {
  const { remoteAddress } = request.socket;
  if (remoteAddress === undefined || trustsProxy === trustsNobody) return remoteAddress ?? '';
  return proxyAddr(request, trustsProxy);
}

/** Header names in lower case, each with one text. */
export function flattenHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  // Node leaves only this one as a list.
  if (headers['set-cookie'] === undefined) return headers as Record<string, string>;
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

/** The caller's id where it is one that can stand in a log line, otherwise a new one. */
export function readRequestId(headers: Readonly<Record<string, string>>): string {
  const given = headers['x-request-id'];
  return given !== undefined && /^[\w.:/+=-]{1,128}$/.test(given) ? given : randomUUID();
}
