/** The actions about sessions and passwords. */

import { changePassword, changePasswordInput } from '../accounts/change-password.ts';
import { login, loginInput } from '../accounts/login.ts';
import { logout, logoutInput } from '../accounts/logout.ts';
import { refresh, refreshInput } from '../accounts/refresh.ts';
import { requestPasswordReset, requestResetInput } from '../accounts/request-password-reset.ts';
import { resetPassword, resetPasswordInput } from '../accounts/reset-password.ts';
import { type ActionDefinition, defineOpenAction, definePersonAction } from '../http/action-route.ts';
import { DONE_MESSAGES } from '../messages.ts';

const EVERYBODY = ['anonymous', 'vendor', 'app_admin'] as const;

/** Sign in, stay signed in, sign out; set a password. */
export const SESSION_ACTIONS: readonly ActionDefinition[] = [
  defineOpenAction({
    name: 'login',
    roles: ['anonymous'],
    input: loginInput,
    handle: async (services, input, { context, client }) => {
      const { grant } = await login(services, input, { app: null, client });
      context.userId = grant.user.id;
      return grant;
    },
  }),
  defineOpenAction({
    name: 'refreshSession',
    roles: EVERYBODY,
    input: refreshInput,
    handle: async (services, { refreshToken }, { context }) => {
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
  defineOpenAction({
    name: 'requestPasswordReset',
    roles: ['anonymous'],
    input: requestResetInput,
    handle: async (services, input, { client }) => {
      await requestPasswordReset(services, input, client);
      return { success: true, message: DONE_MESSAGES.resetRequested };
    },
  }),
  defineOpenAction({
    name: 'resetPassword',
    roles: ['anonymous'],
    input: resetPasswordInput,
    handle: async (services, input, { client }) => {
      await resetPassword(services, input, client);
      return { success: true, message: DONE_MESSAGES.passwordSet };
    },
  }),
  definePersonAction({
    name: 'changePassword',
    roles: ['vendor', 'app_admin'],
    input: () => changePasswordInput,
    handle: (services, caller, input) => changePassword(services, caller, input, null),
  }),
];
