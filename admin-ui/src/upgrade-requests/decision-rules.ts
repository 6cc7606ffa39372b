/** The bounds the server holds decisions to; checked here only to say so earlier. */
export const REASON_MIN = 10;
export const REASON_MAX = 1000;
export const NOTES_MAX = 2000;

/** The length of a text as the server counts it: code points, after trimming. */
export function countCharacters(text: string): number {
  return [...text.trim()].length;
}

export type ReasonProblem = 'too-short' | 'too-long';

/** What is wrong with a reason, if anything. */
export function checkReason(reason: string): ReasonProblem | undefined {
  const length = countCharacters(reason);
  if (length < REASON_MIN) return 'too-short';
  return length > REASON_MAX ? 'too-long' : undefined;
}

/** Why a pending request cannot be approved by this person now; the server has the last word. */
export type ApprovalObstacle = 'own-request' | 'pointless';

/** Looks for an obstacle in the order in which the server does. */
export function findObstacle(
  request: {
    readonly user_id: string | null;
    readonly target_tier: number;
    readonly vendor: { readonly tier: number };
  },
  reviewerId: string | undefined,
): ApprovalObstacle | undefined {
  if (reviewerId !== undefined && request.user_id === reviewerId) return 'own-request';
  return request.target_tier <= request.vendor.tier ? 'pointless' : undefined;
}
