import type { Response } from 'express';
import type { Caller } from '../accounts/actor.ts';
import type { Services } from '../services.ts';
import { refuse } from '../upgrade-requests/refusals.ts';
import { readDocument } from '../upgrade-requests/request-document.ts';

/** Answers with what was done and the request as it is now. */
export async function answerDone(
  { database }: Pick<Services, 'database'>,
  caller: Caller,
  response: Response,
  requestId: string,
  message: string,
): Promise<void> {
  const request = await readDocument(database, caller.role, requestId);
  // Whoever deletes a vendor deletes its requests too, and may have done so just now.
  if (request === undefined) throw refuse('REQUEST_NOT_FOUND');
  response.setHeader('Cache-Control', 'no-store');
  response.json({ success: true, message, request });
}
