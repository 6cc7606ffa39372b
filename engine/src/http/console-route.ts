import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { send } from './respond.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Everything from our own files: nothing is loaded from, or sent to, anywhere else. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  // A page's own origin over WebSockets too; `ws:` would be any machine's.
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  // The editor sets styles while it runs, and starts its language workers from blobs.
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the built console; a path without an extension is a page of it. */
export async function serveConsole(
  directory: string,
  path: string,
  response: ServerResponse,
): Promise<boolean> {
  const relative = normalize(decodePath(path)).replace(/^([/\\]|\.\.([/\\]|$))+/, '');
  const name = extname(relative) === '' ? 'index.html' : relative;
  const file = join(directory, name);
  if (!file.startsWith(directory + sep)) return false;
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch {
    return false;
  }
  response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  // File names under assets/ change with their content.
  response.setHeader(
    'cache-control',
    name.startsWith('assets') ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
  send(response, 200, TYPES[extname(name)] ?? 'application/octet-stream', content);
  return true;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
