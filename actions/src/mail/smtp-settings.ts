/** SMTP_URL and MAIL_FROM, read. */

/** How to reach the mail server. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps). */
  readonly isSecure: boolean;
  /** STARTTLS or nothing: a password never travels in the clear to another machine. */
  readonly mustUpgrade: boolean;
  /** Between two programs of one machine TLS protects nothing, and servers for tests offer it with certificates of nobody. */
  readonly isLocal: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
}

/** A name and an address. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Reads `smtp://user:password@host:port` or `smtps://…`; undefined when it is something else. */
export function readSmtpUrl(text: string): SmtpSettings | undefined {
  const url = URL.parse(text);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined;
  // Options of the mail library would be settings nobody checks, and some of them log whole mails.
  if ((url.pathname !== '' && url.pathname !== '/') || url.search !== '' || url.hash !== '') return undefined;
  if ((url.username === '') !== (url.password === '')) return undefined;
  const login = readLogin(url);
  if (login === undefined) return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isSecure = url.protocol === 'smtps:';
  const isLocal = LOOPBACK.test(host);
  return {
    host,
    port: url.port === '' ? (isSecure ? 465 : 587) : Number(url.port),
    isSecure,
    mustUpgrade: !isSecure && !isLocal && login !== null,
    isLocal,
    login,
  };
}

function readLogin({ username, password }: URL): SmtpSettings['login'] | undefined {
  if (username === '') return null;
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

const ADDRESS = /^[^\s<>@,;:"()[\]\\]+@[^\s<>@,;:"()[\]\\]+$/u;
/** A name, perhaps in quotation marks, before an address in angle brackets. */
const NAMED = /^(?:"([^<>"\p{Cc}]*)"\s*|([^<>"\p{Cc}]*))<([^<>]+)>$/u;

/** Reads `somebody@example.com` or `Some Body <somebody@example.com>`; undefined when it is something else. */
export function readMailbox(text: string): Mailbox | undefined {
  const [, quoted, plain, named] = NAMED.exec(text.trim()) ?? [];
  const address = named ?? text.trim();
  if (!ADDRESS.test(address)) return undefined;
  return { name: (quoted ?? plain ?? '').trim(), address };
}
