/**
 * What every mail looks like, as text and as HTML, from one description.
 *
 * The HTML is what mail programs still understand: one table, styles inline, colours for a dark scheme in a style element
 * that those that know none ignore. Nothing is fetched from anywhere, and every text is escaped here, once.
 */

/** One part of a mail. All of it is plain text. */
export type MailBlock =
  | { readonly kind: 'text'; readonly text: string }
  /** Somebody else's words. */
  | { readonly kind: 'quote'; readonly label: string; readonly text: string }
  | { readonly kind: 'list'; readonly label: string; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [name: string, value: string])[] };

/** What a mail says. */
export interface MailContent {
  readonly subject: string;
  readonly heading: string;
  readonly blocks: readonly MailBlock[];
  readonly button: { readonly label: string; readonly href: string };
  /** Why the reader gets this. */
  readonly footer: string;
}

/** A mail in its two forms. */
export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Writes both forms. */
export function renderMail(content: MailContent): WrittenMail {
  return { subject: content.subject, text: renderText(content), html: renderHtml(content) };
}

/** Makes a text safe between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function renderText({ heading, blocks, button, footer }: MailContent): string {
  const parts = blocks.map((block) => {
    switch (block.kind) {
      case 'text':
        return toOneLine(block.text);
      case 'quote':
        // Marked line by line, so that a text cannot pretend to be what follows it.
        return `${block.label}:\n${block.text
          .split(/\r\n|[\n\r\u2028\u2029]/)
          .map((line) => `> ${line}`)
          .join('\n')}`;
      case 'list':
        return `${block.label}:\n${block.items.map((item) => `- ${toOneLine(item)}`).join('\n')}`;
      case 'facts':
        return block.facts.map(([name, value]) => `${name}: ${toOneLine(value)}`).join('\n');
    }
  });
  return [toOneLine(heading), ...parts, `${button.label}:\n${button.href}`, `-- \n${footer}`].join('\n\n');
}

function toOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ');
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/** Each class has its colours of the light scheme inline below. */
const STYLE = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  a { color: #1d56c2; }
  @media (max-width: 480px) { .card { padding: 24px 20px !important; } .page { padding: 12px !important; } }
  @media (prefers-color-scheme: dark) {
    .page { background: #0f1115 !important; }
    .card { background: #16191f !important; border-color: #2a2f38 !important; }
    .strong { color: #e9ecf1 !important; }
    .normal { color: #d5d9df !important; }
    .muted { color: #a9b1bd !important; }
    .quote { background: #262a31 !important; border-color: #5b8def !important; }
    .button { background: #2f6bdc !important; color: #ffffff !important; }
    a { color: #8ab2fb; }
  }`;

function renderHtml({ subject, heading, blocks, button, footer }: MailContent): string {
  const href = escapeHtml(button.href);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${STYLE}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f6f7f9">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f6f7f9;padding:32px 16px">
<tr><td align="center">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td class="strong" style="${FONT};font-size:16px;font-weight:600;color:#161a21;padding:0 4px 16px">Tierline</td></tr>
<tr><td class="card" style="background:#ffffff;border:1px solid #e3e6eb;border-radius:10px;padding:32px">
<h1 class="strong" style="${FONT};font-size:20px;line-height:1.3;font-weight:600;color:#161a21;margin:0 0 16px;overflow-wrap:anywhere">${escapeHtml(heading)}</h1>
${blocks.map(renderBlock).join('\n')}
<table role="presentation" cellpadding="0" cellspacing="0" style="margin:24px 0 16px"><tr><td>
<a class="button" href="${href}" style="${FONT};display:inline-block;background:#2160d3;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none;border-radius:6px;padding:12px 20px">${escapeHtml(button.label)}</a>
</td></tr></table>
<p class="muted" style="${FONT};font-size:13px;line-height:1.5;color:#525b68;margin:0;overflow-wrap:anywhere">Or open this address: <a href="${href}">${href}</a></p>
</td></tr>
<tr><td class="muted" style="${FONT};font-size:13px;line-height:1.5;color:#525b68;padding:16px 4px 0">${escapeHtml(footer)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

const PARAGRAPH = `${FONT};font-size:16px;line-height:1.5;margin:0 0 16px;overflow-wrap:anywhere`;

function renderBlock(block: MailBlock): string {
  switch (block.kind) {
    case 'text':
      return `<p class="normal" style="${PARAGRAPH};color:#3b4350">${escapeHtml(block.text)}</p>`;
    case 'quote':
      return `<p class="muted" style="${FONT};font-size:13px;color:#525b68;margin:0 0 4px">${escapeHtml(block.label)}</p>
<blockquote class="quote normal" style="${PARAGRAPH};color:#3b4350;background:#eef1f5;border-left:3px solid #2160d3;border-radius:4px;padding:12px 16px;white-space:pre-line">${escapeHtml(block.text)}</blockquote>`;
    case 'list':
      return `<p class="normal" style="${FONT};font-size:16px;color:#3b4350;margin:0 0 4px">${escapeHtml(block.label)}:</p>
<ul class="normal" style="${PARAGRAPH};color:#3b4350;padding-left:24px">${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
    case 'facts':
      return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px">${block.facts
        .map(
          ([name, value]) =>
            `<tr><td class="muted" style="${FONT};font-size:14px;line-height:1.6;color:#525b68;padding-right:16px;vertical-align:top;white-space:nowrap">${escapeHtml(name)}</td><td class="strong" style="${FONT};font-size:14px;line-height:1.6;color:#161a21;overflow-wrap:anywhere">${escapeHtml(value)}</td></tr>`,
        )
        .join('')}</table>`;
  }
}
