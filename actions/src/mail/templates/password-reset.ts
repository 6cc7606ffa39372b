import { RESET_TOKEN_HOURS } from '../../accounts/reset-tokens.ts';
import type { MailContent } from './layout.ts';

/** Tells how to set a new password. */
export function passwordResetMail(link: string): MailContent {
  const hours = RESET_TOKEN_HOURS === 1 ? 'one hour' : `${RESET_TOKEN_HOURS} hours`;
  return {
    subject: 'Set a new password for Tierline',
    heading: 'Set a new password',
    blocks: [
      {
        kind: 'text',
        text: `Somebody, most likely you, asked for a new password for this account. The link works once and for ${hours}. Opening it changes nothing until you have typed the new password.`,
      },
      {
        kind: 'text',
        text: 'If it was not you, leave this mail alone: your password stays as it is.',
      },
    ],
    button: { label: 'Set a new password', href: link },
    footer: 'You get this mail because your address was typed into the form for forgotten passwords.',
  };
}
