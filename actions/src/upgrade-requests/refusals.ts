/** What the database says no to, in the contract's codes. It decides every race that got past a handler's own check. */

import type { DatabaseFailure } from '../db.ts';
import { ActionError, type ErrorCode } from '../errors.ts';

/** The messages of the rules, said by handlers and translated refusals alike. */
export const REFUSAL_MESSAGES = {
  PENDING_REQUEST_EXISTS: 'There is a pending request already. Wait for its decision or cancel it first.',
  REQUEST_NOT_PENDING: 'This request was decided already.',
  SELF_APPROVAL_FORBIDDEN: 'You submitted this request yourself, so another administrator has to approve it.',
  CANNOT_DOWNGRADE: 'The tier asked for must be higher than the vendor’s tier now.',
  ALREADY_MAX_TIER: 'This vendor has the highest tier already.',
  VENDOR_NOT_FOUND: 'There is no such vendor.',
  REQUEST_NOT_FOUND: 'There is no such request.',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** A code whose message is always the same. */
export type RefusalCode = keyof typeof REFUSAL_MESSAGES;

const CODE_OF_CONSTRAINT: ReadonlyMap<string, RefusalCode> = new Map([
  ['tier_upgrade_requests_one_pending', 'PENDING_REQUEST_EXISTS'],
  ['tier_upgrade_requests_status_move', 'REQUEST_NOT_PENDING'],
  ['tier_upgrade_requests_four_eyes', 'SELF_APPROVAL_FORBIDDEN'],
  ['tier_upgrade_requests_outranked', 'CANNOT_DOWNGRADE'],
  ['tier_upgrade_requests_upgrade_only', 'CANNOT_DOWNGRADE'],
  ['tier_upgrade_requests_vendor_id_fkey', 'VENDOR_NOT_FOUND'],
]);

/** The error for a broken rule. */
export function refuse(code: RefusalCode): ActionError {
  return new ActionError(code, REFUSAL_MESSAGES[code]);
}

/** The rule that Postgres refused a change by; undefined for everything that is an outage or a mistake of ours. */
export function refusalOf({ constraint }: DatabaseFailure): ActionError | undefined {
  const code = constraint === undefined ? undefined : CODE_OF_CONSTRAINT.get(constraint);
  return code === undefined ? undefined : refuse(code);
}
