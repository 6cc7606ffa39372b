/** The inputs of the sign-in routes: those of the actions, and the app whose cookie is meant. */

import { z } from 'zod';
import { changePasswordInput } from '../accounts/change-password.ts';
import { loginInput } from '../accounts/login.ts';
import { flagField, optional, textField } from '../input/fields.ts';

const appField = () => optional(z.enum(['portal', 'admin'], 'The app must be portal or admin.'));

const tokenOrApp = {
  refreshToken: optional(textField('The refresh token must be a text.')),
  app: appField(),
};

interface TokenOrApp {
  readonly refreshToken: string | null;
  readonly app: string | null;
}

/** With an app the token is in the cookie, without one it is in the body. */
const checkOneSource = ({ refreshToken, app }: TokenOrApp, context: z.RefinementCtx) => {
  if ((refreshToken === null) !== (app === null)) return;
  const message =
    app === null
      ? 'The refresh token is required.'
      : 'With an app the refresh token is in the cookie, not in the body.';
  context.addIssue({ code: 'custom', path: ['refreshToken'], message });
};

/** `POST /api/auth/login` */
export const restLoginInput = loginInput.extend({ app: appField() });

/** `POST /api/auth/password/change` */
export const restChangePasswordInput = changePasswordInput.extend({ app: appField() });

/** `POST /api/auth/refresh` */
export const restRefreshInput = z.strictObject(tokenOrApp).superRefine(checkOneSource);

/** `POST /api/auth/logout` */
export const restLogoutInput = z
  .strictObject({ ...tokenOrApp, everywhere: flagField() })
  .superRefine(checkOneSource);
