/** The actions that exist: how Hasura's mutations map to use cases. */

import { login, loginInput } from './accounts/login.ts';
import { logout, logoutInput } from './accounts/logout.ts';
import { refresh, refreshInput } from './accounts/refresh.ts';
import { type ActionDefinition, defineOpenAction, definePersonAction } from './http/action-route.ts';
import { DONE_MESSAGES } from './messages.ts';
import { approveInput, approveUpgradeRequest } from './upgrade-requests/approve.ts';
import { cancelInput, cancelUpgradeRequest } from './upgrade-requests/cancel.ts';
import { rejectInput, rejectUpgradeRequest } from './upgrade-requests/reject.ts';
import { submitInput, submitUpgradeRequest } from './upgrade-requests/submit.ts';

const EVERYBODY = ['anonymous', 'vendor', 'app_admin'] as const;

/** Every action, in the order of the contract. */
export const ACTIONS: readonly ActionDefinition[] = [
  defineOpenAction({
    name: 'login',
    roles: ['anonymous'],
    input: loginInput,
    handle: async (services, input, context) => {
      const grant = await login(services, input, null);
      context.userId = grant.user.id;
      return grant;
    },
  }),
  defineOpenAction({
    name: 'refreshSession',
    roles: EVERYBODY,
    input: refreshInput,
    handle: async (services, { refreshToken }, context) => {
      const grant = await refresh(services, refreshToken, null);
      context.userId = grant.user.id;
      return grant;
    },
  }),
  defineOpenAction({
    name: 'logout',
    roles: EVERYBODY,
    input: logoutInput,
    handle: async (services, input) => {
      await logout(services, input);
      return {
        success: true,
        message: input.everywhere ? DONE_MESSAGES.signedOutEverywhere : DONE_MESSAGES.signedOut,
      };
    },
  }),
  definePersonAction({
    name: 'submitTierUpgradeRequest',
    roles: ['vendor', 'app_admin'],
    input: submitInput,
    handle: async (services, caller, input) => {
      const requestId = await submitUpgradeRequest(services, caller, input);
      return { success: true, message: DONE_MESSAGES.submitted, requestId, submitsLeft: null };
    },
  }),
  definePersonAction({
    name: 'cancelTierUpgradeRequest',
    roles: ['vendor'],
    input: () => cancelInput,
    handle: async (services, caller, input) => {
      await cancelUpgradeRequest(services, caller, input);
      return { success: true, message: DONE_MESSAGES.cancelled, requestId: input.requestId };
    },
  }),
  definePersonAction({
    name: 'approveTierUpgradeRequest',
    roles: ['app_admin'],
    input: () => approveInput,
    handle: async (services, caller, input) => {
      await approveUpgradeRequest(services, caller, input);
      return { success: true, message: DONE_MESSAGES.approved, requestId: input.requestId };
    },
  }),
  definePersonAction({
    name: 'rejectTierUpgradeRequest',
    roles: ['app_admin'],
    input: () => rejectInput,
    handle: async (services, caller, input) => {
      await rejectUpgradeRequest(services, caller, input);
      return { success: true, message: DONE_MESSAGES.rejected, requestId: input.requestId };
    },
  }),
];
