/** The actions about sessions: open to whoever is not signed in, or sent by a client for itself. */

import { login, loginInput } from '../accounts/login.ts';
import { logout, logoutInput } from '../accounts/logout.ts';
import { refresh, refreshInput } from '../accounts/refresh.ts';
import { type ActionDefinition, defineOpenAction } from '../http/action-route.ts';
import { DONE_MESSAGES } from '../messages.ts';

const EVERYBODY = ['anonymous', 'vendor', 'app_admin'] as const;

/** Sign in, stay signed in, sign out. */
export const SESSION_ACTIONS: readonly ActionDefinition[] = [
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
];
