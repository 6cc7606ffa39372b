import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/**
 * Headers that speak of one connection only. Source: RFC 9110 section 7.6.1, and `expect`, which our own server has
 * answered by then.
 */
const OF_ONE_CONNECTION = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'http2-settings',
];

/** What of a message's headers is meant for whoever is at the other end, without what `Connection` names. */
export function endToEndHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...OF_ONE_CONNECTION, ...named]);
  // A length stays whatever `Connection` names: without it the next reader would look for the end of the body elsewhere.
  dropped.delete('content-length');
  return Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => value !== undefined && !dropped.has(name)),
  );
}

/** The headers of a request as they are passed on: its own, with the same framing of its body as it came with. */
export function forwardedHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const passed = endToEndHeaders(headers);
  if (headers['transfer-encoding'] === undefined) return passed;
  // Our parser takes `chunked` alone, and never beside a length; what it read is written anew as chunks.
  delete passed['content-length'];
  return { ...passed, 'transfer-encoding': 'chunked' };
}
