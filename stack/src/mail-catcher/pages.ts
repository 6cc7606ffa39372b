/** The pages of the catcher. What mails say is escaped here, or stands in a frame that may do nothing. */

import { logoSvg, themeCss } from '@tierline/design';
import type { CaughtMail } from './mail-store.ts';

/** Every mail, newest first. */
export function listPage(mails: readonly CaughtMail[]): string {
  const rows = mails.map(
    (mail) => `<li><a class="mail" href="/mails/${mail.id}">
<span class="subject">${escapeHtml(mail.subject || '(no subject)')}</span>
<span class="to">${escapeHtml(mail.to.join(', '))}</span>
${time(mail.at)}</a></li>`,
  );
  const empty = `<p class="empty">No mail yet. Everything that Tierline sends arrives here and goes no further.</p>`;
  return page(
    'Mail',
    `<h1>Mail</h1>
${rows.length === 0 ? empty : `<ul class="mails">${rows.join('\n')}</ul>`}
<p class="hint">Kept in memory: the newest 200, until npm start ends.</p>`,
    '<script src="/live.js" defer></script>',
  );
}

/** One mail: the HTML part in a sandbox, and the text. */
export function mailPage(mail: CaughtMail): string {
  const html =
    mail.html === null
      ? ''
      : `<section><h2>HTML</h2>
<iframe src="/mails/${mail.id}/html" title="The HTML part of this mail" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe></section>`;
  return page(
    mail.subject,
    `<p><a href="/">All mail</a></p>
<h1>${escapeHtml(mail.subject || '(no subject)')}</h1>
<dl><dt>To</dt><dd>${escapeHtml(mail.to.join(', '))}</dd><dt>From</dt><dd>${escapeHtml(mail.from)}</dd>
<dt>Arrived</dt><dd>${time(mail.at)}</dd><dt>Message-ID</dt><dd class="id">${escapeHtml(mail.messageId)}</dd></dl>
<section><h2>Text</h2><pre>${linkAddresses(mail.text)}</pre></section>
${html}`,
  );
}

/** The HTML part as a document of its own, whose links open elsewhere. */
export function framedHtml(html: string): string {
  const base = '<base target="_blank">';
  const end = html.indexOf('>', html.search(/<head/i));
  return end === -1 || !/<head/i.test(html)
    ? base + html
    : html.slice(0, end + 1) + base + html.slice(end + 1);
}

/** A page that says what went wrong. */
export function problemPage(problem: string): string {
  return page(problem, `<h1>${escapeHtml(problem)}</h1><p><a href="/">All mail</a></p>`);
}

function page(title: string, body: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Tierline mail catcher</title>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/style.css">
${head}
</head>
<body>
<header><img src="/icon.svg" alt="" width="24" height="24"><a href="/">Tierline mail catcher</a></header>
<main>
${body}
</main>
</body>
</html>
`;
}

function time(at: Date): string {
  const iso = at.toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`;
}

/** Addresses become links, everything around them stays text. */
function linkAddresses(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/)
    .map((part, index) => {
      const escaped = escapeHtml(part);
      if (index % 2 === 0) return escaped;
      return `<a href="${escaped}" target="_blank" rel="noreferrer noopener">${escaped}</a>`;
    })
    .join('');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The mark of the project. */
export const iconSvg = logoSvg('light');

/** Loads the list anew when a mail has come. */
export const liveScript = `new EventSource('/arrivals').addEventListener('mail', () => location.reload());\n`;

/** Light or dark as the system is. */
export const styleSheet = `${themeCss()}
* { box-sizing: border-box; }
body { margin: 0; background: var(--tl-color-canvas); color: var(--tl-color-text);
  font: var(--tl-font-size-lg)/var(--tl-line-height-normal) var(--tl-font-sans); }
header { display: flex; gap: var(--tl-space-3); align-items: center; padding: var(--tl-space-3) var(--tl-space-4);
  background: var(--tl-color-surface); border-bottom: 1px solid var(--tl-color-border); }
header a { color: inherit; font-weight: var(--tl-font-weight-semibold); text-decoration: none; }
main { max-width: 760px; margin: 0 auto; padding: var(--tl-space-6) var(--tl-space-4); }
h1 { font-size: var(--tl-font-size-2xl); line-height: var(--tl-line-height-tight); margin: 0 0 var(--tl-space-4);
  overflow-wrap: anywhere; }
h2 { font-size: var(--tl-font-size-md); color: var(--tl-color-text-muted); margin: var(--tl-space-6) 0 var(--tl-space-2); }
a { color: var(--tl-color-accent-text); }
a:focus-visible { outline: 2px solid var(--tl-color-focus-ring); outline-offset: 2px; border-radius: var(--tl-radius-sm); }
.mails { list-style: none; margin: 0; padding: 0; background: var(--tl-color-surface);
  border: 1px solid var(--tl-color-border); border-radius: var(--tl-radius-lg); overflow: hidden; }
.mails li + li { border-top: 1px solid var(--tl-color-border); }
.mail { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 var(--tl-space-4);
  padding: var(--tl-space-3) var(--tl-space-4); color: inherit; text-decoration: none; }
.mail:hover { background: var(--tl-color-surface-hover); }
.mail:focus-visible { outline-offset: -2px; }
.subject { grid-column: 1 / -1; font-weight: var(--tl-font-weight-medium); overflow-wrap: anywhere; }
.to, time, .hint, dt { color: var(--tl-color-text-muted); font-size: var(--tl-font-size-md); }
.to { overflow-wrap: anywhere; }
time { font-variant-numeric: tabular-nums; }
.empty { padding: var(--tl-space-8) var(--tl-space-4); text-align: center; color: var(--tl-color-text-muted);
  background: var(--tl-color-surface); border: 1px solid var(--tl-color-border); border-radius: var(--tl-radius-lg); }
dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--tl-space-1) var(--tl-space-4); margin: 0; }
dd { margin: 0; overflow-wrap: anywhere; }
.id { font-family: var(--tl-font-mono); font-size: var(--tl-font-size-sm); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; padding: var(--tl-space-4);
  font: var(--tl-font-size-md)/var(--tl-line-height-normal) var(--tl-font-mono);
  background: var(--tl-color-surface); border: 1px solid var(--tl-color-border); border-radius: var(--tl-radius-lg); }
iframe { display: block; width: 100%; height: 640px; background: var(--tl-color-surface);
  border: 1px solid var(--tl-color-border); border-radius: var(--tl-radius-lg); }
@media (max-width: 480px) { .mail { grid-template-columns: minmax(0, 1fr); } }
`;
