/** Who the console speaks for. Secrets live as long as the browser tab, in its session storage, and nowhere else. */
export interface Access {
  readonly kind: 'none' | 'admin-secret' | 'token';
  readonly secret: string;
  /** Sent as `x-hasura-role`; empty leaves the choice to the engine. */
  readonly role: string;
  /** Further headers, one `name: value` a line. */
  readonly headers: string;
}

/** Before anybody has said who they are. */
export const noAccess: Access = { kind: 'none', secret: '', role: '', headers: '' };

const STORAGE_KEY = 'engine-console-access';

/** The access of this tab before its reload. */
export function loadAccess(storage: Pick<Storage, 'getItem'>): Access {
  const text = storage.getItem(STORAGE_KEY);
  if (text === null) return noAccess;
  try {
    return { ...noAccess, ...(JSON.parse(text) as Partial<Access>) };
  } catch {
    return noAccess;
  }
}

/** Keeps the access for the next visit, in the storage given. */
export function saveAccess(storage: Pick<Storage, 'setItem'>, access: Access): void {
  storage.setItem(STORAGE_KEY, JSON.stringify(access));
}

/** The request headers that an access stands for. */
export function toHeaders(access: Access): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of access.headers.split('\n')) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).trim();
    if (at > 0 && name !== '') headers[name] = line.slice(at + 1).trim();
  }
  if (access.role !== '') headers['x-hasura-role'] = access.role;
  if (access.kind === 'admin-secret') headers['x-hasura-admin-secret'] = access.secret;
  if (access.kind === 'token') headers.authorization = `Bearer ${access.secret.replace(/^Bearer\s+/i, '')}`;
  return headers;
}

/** What is wrong with an access, in a sentence; null when nothing is. */
export function findAccessProblem(access: Access): string | null {
  if (access.kind === 'admin-secret' && access.secret === '') return 'Paste the admin secret first.';
  if (access.kind === 'token' && access.secret.trim() === '') return 'Paste a token first.';
  for (const line of access.headers.split('\n')) {
    if (line.trim() === '') continue;
    const name = line.slice(0, line.indexOf(':')).trim();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return `"${line.trim()}" is not a header like name: value.`;
  }
  return null;
}
