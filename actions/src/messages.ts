/** What people read when something worked. */
export const DONE_MESSAGES = {
  signedOut: 'You are signed out.',
  signedOutEverywhere: 'You are signed out everywhere.',
  submitted: 'Sent. An administrator will look at it.',
  cancelled: 'Your request is cancelled. You can ask again at any time.',
  approved: 'Approved. The vendor has the new tier now.',
  rejected: 'Rejected. The vendor can read your reason.',
} as const;
