/** The mails about requests. */

import type { UpgradeEvent } from '../../notifications/event-store.ts';
import type { MailContent } from './layout.ts';

/** To administrators: somebody asks. */
export function submittedMail(event: UpgradeEvent, link: string): MailContent {
  const { vendorName, currentTierName, targetTierName, justification } = event;
  return {
    subject: `${vendorName} asks for the ${targetTierName} tier`,
    heading: 'New tier upgrade request',
    blocks: [
      {
        kind: 'facts',
        facts: [
          ['Vendor', vendorName],
          ['Tier now', currentTierName],
          ['Asks for', targetTierName],
        ],
      },
      { kind: 'quote', label: 'Business justification', text: justification },
    ],
    button: { label: 'Review the request', href: link },
    footer: 'You get this mail because you are an administrator of Tierline.',
  };
}

const VENDOR_FOOTER = 'You get this mail because you sign in to Tierline for this vendor.';

/** To the vendor: it has what it asked for. */
export function approvedMail(event: UpgradeEvent, features: readonly string[], link: string): MailContent {
  const { vendorName, targetTierName } = event;
  return {
    subject: `Your upgrade to the ${targetTierName} tier was approved`,
    heading: `Welcome to the ${targetTierName} tier`,
    blocks: [
      {
        kind: 'text',
        text: `Your tier upgrade request was approved. ${vendorName} is at the ${targetTierName} tier from now on.`,
      },
      ...(features.length === 0
        ? []
        : [{ kind: 'list' as const, label: 'What this tier has', items: features }]),
    ],
    button: { label: 'Open your dashboard', href: link },
    footer: VENDOR_FOOTER,
  };
}

/** To the vendor: not this time, and why. */
export function rejectedMail(event: UpgradeEvent, link: string): MailContent {
  const { vendorName, targetTierName, note } = event;
  return {
    subject: `Your upgrade to the ${targetTierName} tier was not approved`,
    heading: 'Your tier upgrade was not approved',
    blocks: [
      {
        kind: 'text',
        text: `The request of ${vendorName} for the ${targetTierName} tier was reviewed and not approved.`,
      },
      ...(note === null ? [] : [{ kind: 'quote' as const, label: 'Reason', text: note }]),
      { kind: 'text', text: 'Your present tier stays as it is, and you can ask again at any time.' },
    ],
    button: { label: 'Open your dashboard', href: link },
    footer: VENDOR_FOOTER,
  };
}
