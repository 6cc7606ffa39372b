import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { MailStore } from './mail-store.ts';
import { framedHtml, iconSvg, listPage, liveScript, mailPage, problemPage, styleSheet } from './pages.ts';

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A mail's own markup may style itself and nothing else, also when it is opened on its own. */
const MAIL_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');

const HTML = 'text/html; charset=utf-8';

/** Serves what was caught to browsers on this machine. */
export async function startMailPage(
  store: MailStore,
  port: number,
  host: string,
): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cache-Control', 'no-store');
    if (!isFromThisMachine(request)) {
      send(response, { status: 403, type: HTML, body: problemPage('Only from this machine') });
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      send(response, { status: 405, type: HTML, body: problemPage('Mails can only be read here') });
    } else {
      const path = (request.url ?? '/').split(/[?#]/)[0] as string;
      if (path === '/arrivals') tellArrivals(store, response);
      else send(response, findPage(store, path));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly policy?: string;
}

function findPage(store: MailStore, path: string): Page {
  switch (path) {
    case '/':
      return { status: 200, type: HTML, body: listPage(store.mails) };
    case '/mails.json':
      return { status: 200, type: 'application/json', body: JSON.stringify(store.mails) };
    case '/style.css':
      return { status: 200, type: 'text/css; charset=utf-8', body: styleSheet };
    case '/live.js':
      return { status: 200, type: 'text/javascript; charset=utf-8', body: liveScript };
    case '/icon.svg':
    case '/favicon.ico':
      return { status: 200, type: 'image/svg+xml', body: iconSvg };
    case '/healthz':
      return { status: 200, type: 'text/plain; charset=utf-8', body: 'OK' };
    default:
      return findMailPage(store, path);
  }
}

function findMailPage(store: MailStore, path: string): Page {
  const [, id, part] = /^\/mails\/(\d{1,15})(\/html)?$/.exec(path) ?? [];
  const mail = id === undefined ? undefined : store.find(Number(id));
  if (mail === undefined || (part !== undefined && mail.html === null))
    return { status: 404, type: HTML, body: problemPage('There is no such mail') };
  if (part === undefined) return { status: 200, type: HTML, body: mailPage(mail) };
  return { status: 200, type: HTML, body: framedHtml(mail.html as string), policy: MAIL_POLICY };
}

/** A stream of server-sent events, one for each new mail. */
function tellArrivals(store: MailStore, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  response.write(': waiting\n\n');
  const stop = store.onMail(() => response.write('event: mail\ndata: 1\n\n'));
  response.once('close', stop);
}

/** Another site may point its own name at this machine, and read what it finds there: names that are ours alone pass. */
function isFromThisMachine({ headers }: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? '');
}

function send(response: ServerResponse, { status, type, body, policy = PAGE_POLICY }: Page): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Content-Security-Policy': policy,
  });
  response.end(body);
}
