/** Fetches the part of the app behind the sign-in (Apollo and all pages); asked for as early as it is sure to be needed. */
export const loadSignedIn = () => import('./SignedIn.tsx');

/** Has it fetched ahead of time. A failure means nothing yet: whoever needs it asks again and tells. */
export function prefetchSignedIn(): void {
  loadSignedIn().catch(() => undefined);
}
