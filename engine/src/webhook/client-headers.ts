/** They speak of the client's connection and not of its request; the reference holds back the same. */
const NOT_FORWARDED: ReadonlySet<string> = new Set([
  'accept',
  'accept-datetime',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'content-md5',
  'content-type',
  'dnt',
  'host',
  'origin',
  'referer',
  'user-agent',
  // Of one hop only, or of the proxy in between.
  'expect',
  'http2-settings',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What a webhook may need to know of the client's end of the connection, under another name. */
const RENAMED: Readonly<Record<string, string>> = {
  host: 'x-forwarded-host',
  'user-agent': 'x-forwarded-user-agent',
  origin: 'x-forwarded-origin',
};

/** Of a client's headers (names in lower case) those of its request, without those of its connection. */
export function withoutConnectionHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!NOT_FORWARDED.has(name) && !name.startsWith('sec-websocket') && !name.startsWith(':')) {
      kept[name] = value;
    }
  }
  return kept;
}

/**
 * Of a client's headers those that an action's handler may see. Session variables among them, the admin
 * secret first of all, stay here: what the session is stands in the payload.
 */
export function forwardedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const forwarded: Record<string, string> = {};
  for (const [from, to] of Object.entries(RENAMED)) {
    const value = headers[from];
    if (value !== undefined) forwarded[to] = value;
  }
  for (const [name, value] of Object.entries(withoutConnectionHeaders(headers))) {
    if (!name.startsWith('x-hasura-')) forwarded[name] = value;
  }
  return forwarded;
}
