import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { RequestContext } from '../engine.ts';

/** What the rest of the engine may know of an HTTP request. */
export function readRequestContext(request: IncomingMessage): RequestContext {
  const headers = flattenHeaders(request.headers);
  return { headers, requestId: readRequestId(headers) };
}

/** Header names in lower case, each with one text. */
export function flattenHeaders(headers: IncomingHttpHeaders): Record<string, string> {
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
