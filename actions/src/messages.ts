/** What people read when something worked. */
export const DONE_MESSAGES = {
  signedOut: 'You are signed out.',
  signedOutEverywhere: 'You are signed out everywhere.',
  resetRequested: 'If the address is known here, a mail with a link is on its way. It is good for one hour.',
  passwordSet: 'Your password is set and you are signed out everywhere. Please sign in with it.',
  submitted: 'Sent. An administrator will look at it.',
  cancelled: 'Your request is cancelled. You can ask again at any time.',
  approved: 'Approved. The vendor has the new tier now.',
  rejected: 'Rejected. The vendor can read your reason.',
  tierUpdated: 'The vendor has the new tier now.',
  tierUnchanged: 'The vendor has this tier already.',
  requestCancelledByTier: 'The vendor has the new tier now. Its pending request was cancelled.',
  betaOn: 'The vendor is in the beta audience now.',
  betaOff: 'The vendor is no longer in the beta audience.',
  audienceSet: 'The feature is set.',
  userDisabled: 'The user is disabled and signed out everywhere.',
  userEnabled: 'The user may sign in again.',
  mailQueued: 'The mail is queued again.',
} as const;

/** How a bulk decision went, in one sentence. */
export function bulkMessage(status: 'approved' | 'rejected', succeeded: number, failed: number): string {
  if (failed === 0) return `${succeeded} ${status}.`;
  return `${succeeded} ${status}, ${failed} refused.`;
}
