/** Where the portal lives on its host; the router takes this off and puts it on. */
export const basePath = '/portal';

/** Every page, once. */
export const paths = {
  login: '/login',
  dashboard: '/dashboard',
} as const;

/** Search parameters that are deep links into the dashboard. */
export const dashboardParams = {
  /** The request dialog is open; the value is the tier chosen at first, or empty. */
  ask: 'ask',
  /** The request whose text the dialog starts from. */
  again: 'again',
  /** The request that the cancel question is about. */
  cancel: 'cancel',
  /** Page of the history, from 1. */
  page: 'page',
} as const;

/** The part of the dashboard that is about the next tier. */
export const tierUpgradeAnchor = 'tier-upgrade';

/** The sign-in page that leads back to where the person was. */
export function loginPath(from: string): string {
  return from === paths.dashboard || from === '/'
    ? paths.login
    : `${paths.login}?${new URLSearchParams({ next: from })}`;
}

/** Reads `next` of the sign-in page; only ever a page of ours, whatever the link says. */
export function nextAfterLogin(search: URLSearchParams): string {
  const next = search.get('next') ?? '';
  const [path] = next.split(/[?#]/, 1);
  return Object.values<string>(paths).includes(path ?? '') && path !== paths.login ? next : paths.dashboard;
}
