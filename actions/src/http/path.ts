import type { Request } from 'express';

const LONGEST_LOGGED_PATH = 200;

/** The path of a request for the log: without its query, where clients put what they should not. */
export function httpPathOf(request: Request): string {
  const [path = ''] = request.originalUrl.split('?');
  return path.slice(0, LONGEST_LOGGED_PATH);
}
