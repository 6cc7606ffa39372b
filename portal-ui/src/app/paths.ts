/** Where the portal lives on its host; the router takes this off and puts it on. */
export const basePath = '/portal';

/** Every page, once. */
export const paths = {
  login: '/login',
  forgotPassword: '/forgot-password',
  /** Where the link in a mail leads; its token is behind the #. */
  resetPassword: '/reset-password',
  dashboard: '/dashboard',
  locations: '/locations',
  notifications: '/notifications',
  /** A pattern; `profilePath` fills it. */
  profile: '/vendors/:id',
} as const;

/** The pages behind the sign-in, as the start of an address. */
const pagesInside: readonly string[] = [paths.dashboard, paths.locations, paths.notifications];

/** The profile of a vendor. */
export function profilePath(vendorId: string): string {
  return `/vendors/${encodeURIComponent(vendorId)}`;
}

/** Search parameters that are deep links into the dashboard. */
export const dashboardParams = {
  /** The request dialog is open; the value is the tier chosen at first, or empty. */
  ask: 'ask',
  /** The request whose text the dialog starts from. */
  again: 'again',
  /** The request that the cancel question is about. */
  cancel: 'cancel',
  /** The request whose answer a link leads to: shown even if it was put away before. */
  answer: 'answer',
  /** Page of the history, from 1. */
  page: 'page',
} as const;

/** Search parameters that are deep links into the locations. */
export const locationParams = {
  /** The dialog for a new location is open. */
  add: 'add',
  /** The location that is being edited. */
  edit: 'edit',
  /** The location that the question is about. */
  remove: 'remove',
} as const;

/** Why the sign-in page is shown, where it is not the session that says so. */
export const loginParams = { passwordSet: 'password-set' } as const;

/** The part of the dashboard that is about the next tier. */
export const tierUpgradeAnchor = 'tier-upgrade';

/** The part of the dashboard that has the newest answer. */
export const answerAnchor = 'answer';

/** The dashboard with the answer to a request on top. */
export function answerPath(requestId: string): string {
  return `${paths.dashboard}?${new URLSearchParams({ [dashboardParams.answer]: requestId })}#${answerAnchor}`;
}

/** The dashboard with its part about the next tier in view, and the request dialog open when `ask` is a tier. */
export function tierUpgradePath(ask?: number): string {
  return `${paths.dashboard}${ask === undefined ? '' : `?${dashboardParams.ask}=${ask}`}#${tierUpgradeAnchor}`;
}

/** The sign-in page that leads back to where the person was. */
export function loginPath(from: string): string {
  return from === paths.dashboard || from === '/'
    ? paths.login
    : `${paths.login}?${new URLSearchParams({ next: from })}`;
}

/** Reads `next` of the sign-in page; only ever a page of ours, whatever the link says. */
export function nextAfterLogin(search: URLSearchParams): string {
  const next = search.get('next') ?? '';
  const path = next.split(/[?#]/, 1)[0] ?? '';
  return pagesInside.includes(path) || /^\/vendors\/[\w-]+$/.test(path) ? next : paths.dashboard;
}
