/** The actions of administrators about vendors, features, users and mails. */

import { setUserDisabled, setUserDisabledInput } from '../accounts/set-user-disabled.ts';
import { setFeatureFlag, setFeatureFlagInput } from '../feature-flags/set-feature-flag.ts';
import { type ActionDefinition, definePersonAction } from '../http/action-route.ts';
import { retryDeliveryInput, retryEmailDelivery } from '../mail/retry-delivery.ts';
import { DONE_MESSAGES } from '../messages.ts';
import { setBetaInput, setVendorBeta } from '../vendors/set-beta.ts';
import { updateTierInput, updateVendorTier } from '../vendors/update-tier.ts';

const ADMINISTRATORS = ['app_admin'] as const;

/** Everything that only an administrator does, decisions aside. */
export const ADMINISTRATION_ACTIONS: readonly ActionDefinition[] = [
  definePersonAction({
    name: 'updateVendorTier',
    roles: ADMINISTRATORS,
    input: () => updateTierInput,
    handle: async (services, caller, input) => {
      const { isChanged, cancelledRequestId } = await updateVendorTier(services, caller, input);
      const done =
        cancelledRequestId === null ? DONE_MESSAGES.tierUpdated : DONE_MESSAGES.requestCancelledByTier;
      const message = isChanged ? done : DONE_MESSAGES.tierUnchanged;
      return { success: true, message, vendorId: input.vendorId };
    },
  }),
  definePersonAction({
    name: 'setVendorBeta',
    roles: ADMINISTRATORS,
    input: () => setBetaInput,
    handle: async (services, caller, input) => {
      await setVendorBeta(services, caller, input);
      const message = input.isBeta ? DONE_MESSAGES.betaOn : DONE_MESSAGES.betaOff;
      return { success: true, message, vendorId: input.vendorId };
    },
  }),
  definePersonAction({
    name: 'setFeatureFlag',
    roles: ADMINISTRATORS,
    input: () => setFeatureFlagInput,
    handle: async (services, caller, input) => {
      await setFeatureFlag(services, caller, input);
      return { success: true, message: DONE_MESSAGES.audienceSet };
    },
  }),
  definePersonAction({
    name: 'setUserDisabled',
    roles: ADMINISTRATORS,
    input: () => setUserDisabledInput,
    handle: async (services, caller, input) => {
      await setUserDisabled(services, caller, input);
      const message = input.disabled ? DONE_MESSAGES.userDisabled : DONE_MESSAGES.userEnabled;
      return { success: true, message, userId: input.userId };
    },
  }),
  definePersonAction({
    name: 'retryEmailDelivery',
    roles: ADMINISTRATORS,
    input: () => retryDeliveryInput,
    handle: async (services, caller, input) => {
      await retryEmailDelivery(services, caller, input);
      return { success: true, message: DONE_MESSAGES.mailQueued, deliveryId: input.deliveryId };
    },
  }),
];
