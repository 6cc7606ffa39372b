import { looksLikeEmail } from '../../lib/text-rules.ts';
import type { Messages } from '../../messages/en.ts';

/** What is wrong with the address of an account, as typed; undefined when it may be one. */
export function emailProblem(typed: string, { login }: Messages): string | undefined {
  const address = typed.trim();
  if (address === '') return login.missingEmail;
  return looksLikeEmail(address) ? undefined : login.badEmail;
}
