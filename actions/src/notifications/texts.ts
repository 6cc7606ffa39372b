/** What notifications in the apps say. Plain text: names and reasons stand in it as they were written. */

import type { Notification, TierChange, UpgradeEvent } from './event-store.ts';

/** For administrators: somebody asks, or asks no longer. */
export function notificationForAdmins(event: UpgradeEvent): Notification {
  const { kind, vendorName, targetTierName, requestId, actorRole } = event;
  if (kind === 'submitted') {
    return {
      kind: 'tier_upgrade_request_submitted',
      title: 'New tier upgrade request',
      body: `${vendorName} asks for the ${targetTierName} tier.`,
      requestId,
    };
  }
  return {
    kind: 'tier_upgrade_request_cancelled',
    title: 'Tier upgrade request cancelled',
    body:
      actorRole === 'vendor'
        ? `${vendorName} no longer asks for the ${targetTierName} tier.`
        : `The request of ${vendorName} for the ${targetTierName} tier was cancelled: its tier was set directly.`,
    requestId,
  };
}

/** For the vendor: its request was decided. */
export function notificationForVendor({ kind, targetTierName, requestId, note }: UpgradeEvent): Notification {
  if (kind === 'approved') {
    return {
      kind: 'tier_upgrade_request_approved',
      title: 'Your tier upgrade was approved',
      body: `You are now at the ${targetTierName} tier.`,
      requestId,
    };
  }
  return {
    kind: 'tier_upgrade_request_rejected',
    title: 'Your tier upgrade was not approved',
    body: note ?? `Your request for the ${targetTierName} tier was reviewed.`,
    requestId,
  };
}

/** For the vendor: somebody else cancelled its request. */
export function cancelledForVendor({ targetTierName, requestId, note }: UpgradeEvent): Notification {
  return {
    kind: 'tier_upgrade_request_cancelled',
    title: 'Your tier upgrade request was cancelled',
    body: note ?? `Your request for the ${targetTierName} tier is no longer needed.`,
    requestId,
  };
}

/** For the vendor: its tier was set directly. */
export function tierChanged({ toTierName, note }: TierChange): Notification {
  return {
    kind: 'tier_changed',
    title: 'Your tier was changed',
    body: `You are now at the ${toTierName} tier.${note === null ? '' : ` Reason: ${note}`}`,
    requestId: null,
  };
}
