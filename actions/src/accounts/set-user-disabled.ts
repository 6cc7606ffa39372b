/** An administrator shuts a user out, or lets them in again. */

import { z } from 'zod';
import type { Queryable } from '../db.ts';
import { ActionError, invalidField } from '../errors.ts';
import { booleanField, idField } from '../input/fields.ts';
import type { Services } from '../services.ts';
import { announceActor, type Caller } from './actor.ts';
import { lockAccounts, lockSessionsOf, revokeSessionsOf, setDisabled } from './session-store.ts';

/** Which user, out or in. */
export const setUserDisabledInput = z.strictObject({
  userId: idField('The id of the user is required.'),
  disabled: booleanField(),
});

/** Disables the user and ends every session of theirs, or enables them; nobody disables themselves. */
export async function setUserDisabled(
  { database }: Pick<Services, 'database'>,
  caller: Caller,
  { userId, disabled }: z.output<typeof setUserDisabledInput>,
): Promise<void> {
  if (disabled && userId === caller.userId) {
    throw new ActionError('FORBIDDEN', 'You cannot disable yourself.');
  }
  await database.withTransaction((transaction) => setOnce(transaction, caller, userId, disabled), {
    isolation: 'read committed',
  });
}

async function setOnce(db: Queryable, caller: Caller, userId: string, disabled: boolean): Promise<void> {
  await announceActor(db, caller);
  await lockSessionsOf(db, userId);
  const accounts = await lockAccounts(db, [caller.userId, userId]);
  // Two administrators who disable each other at the same moment: the second was disabled while waiting for the lock.
  if (accounts.get(caller.userId)?.isDisabled !== false) {
    throw new ActionError('UNAUTHORIZED', 'Please sign in again.');
  }
  const account = accounts.get(userId);
  if (account === undefined) throw invalidField('userId', 'There is no such user.');
  if (account.isDisabled !== disabled) await setDisabled(db, userId, disabled);
  if (disabled) await revokeSessionsOf(db, userId);
}
