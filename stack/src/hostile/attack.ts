import { setTimeout as sleep } from 'node:timers/promises';

/** What an attacker knows: addresses that are public, and an account of its own. */
export interface Target {
  /** Origins of the portal's server, the engine and the action server. */
  readonly portal: string;
  readonly engine: string;
  readonly actions: string;
  /** A token of a vendor of the highest tier with very many locations. */
  readonly vendorToken: string;
  /** The login of somebody who is to be locked out. */
  readonly honestEmail: string;
  /** Logins whose mail servers say nothing. */
  readonly silentEmails: readonly string[];
}

/** One way to starve the others. */
export interface Attack {
  readonly name: string;
  /** What the servers say to it, or what becomes of its connection: it has to be seen while the attack runs. */
  readonly outcome: RegExp;
  /** Goes on until the signal; tells each outcome. */
  run(target: Target, signal: AbortSignal, tell: Tell): Promise<void>;
}

/** Takes what became of one try. */
export type Tell = (outcome: string) => void;

/** Who asks: as somebody without a token from an address of its own, or as the hostile vendor. */
export interface Asker {
  readonly address: string;
  readonly token?: string;
}

/** So much of an answer is looked at; all of it is read. */
const LOOKED_AT = 2_000;

/** Tries again and again in so many lanes; a connection that breaks is an outcome like any other. */
export async function repeat(
  lanes: number,
  signal: AbortSignal,
  tell: Tell,
  work: (turn: number) => Promise<string>,
): Promise<void> {
  let turn = 0;
  const lane = async () => {
    while (!signal.aborted) {
      turn += 1;
      tell(
        await work(turn).catch((error: unknown) => (signal.aborted ? 'stopped' : `cut: ${causeOf(error)}`)),
      );
      await sleep(1);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Posts JSON, or text that may be none, and answers the code of the refusal, `data` or the status. */
export async function post(url: string, body: unknown, asker: Asker, signal: AbortSignal): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Forwarded-For': asker.address,
      ...(asker.token !== undefined && { Authorization: `Bearer ${asker.token}` }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]),
  });
  let text = '';
  for await (const chunk of answer.body ?? []) {
    if (text.length < LOOKED_AT) text += Buffer.from(chunk).toString('latin1');
  }
  const [, code] = /"code":\s?"([\w-]+)"/.exec(text.slice(0, LOOKED_AT)) ?? [];
  return code ?? (text.startsWith('{"data"') ? 'data' : `status ${answer.status}`);
}

/** Asks the engine through the portal, as a page does. */
export const ask = (target: Target, request: unknown, asker: Asker, signal: AbortSignal): Promise<string> =>
  post(`${target.portal}/v1/graphql`, request, asker, signal);

/** An address of a stranger, told by the proxy in front. */
export const addressOf = (turn: number): string => `198.51.100.${turn % 250}`;

function causeOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string } };
  return cause?.code ?? message;
}
