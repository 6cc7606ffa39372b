import { type Attack, addressOf, post, repeat } from './attack.ts';

/** What keeps one person from signing in or from being written to. */
export const personAttacks: readonly Attack[] = [
  {
    name: 'wrong passwords and resets for somebody else',
    outcome: /^(RATE_LIMIT_EXCEEDED|UNAUTHORIZED)$/,
    run: (target, signal, tell) =>
      repeat(40, signal, tell, (turn) => {
        const asker = { address: addressOf(turn) };
        const email = target.honestEmail;
        return turn % 4 === 0
          ? post(`${target.portal}/api/auth/password/forgot`, { email }, asker, signal)
          : post(
              `${target.portal}/api/auth/login`,
              { email, password: `wrong password ${turn}` },
              asker,
              signal,
            );
      }),
  },
  {
    name: 'mails to servers that say nothing',
    outcome: /^(status 200|RATE_LIMIT_EXCEEDED)$/,
    run: (target, signal, tell) =>
      repeat(2, signal, tell, (turn) => {
        const email = target.silentEmails[turn % target.silentEmails.length] as string;
        const asker = { address: addressOf(turn) };
        return post(`${target.portal}/api/auth/password/forgot`, { email }, asker, signal);
      }),
  },
];
