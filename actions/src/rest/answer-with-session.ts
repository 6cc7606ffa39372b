import type { Response } from 'express';
import type { App } from '../accounts/roles.ts';
import type { SessionGrant } from '../accounts/session-grant.ts';
import { contextOf } from '../http/request-context.ts';
import type { Services } from '../services.ts';
import { setSessionCookies } from './session-cookies.ts';

/** Answers with a session; with an app the refresh token is in the cookie alone. */
export function answerWithSession(
  { config }: Pick<Services, 'config'>,
  response: Response,
  app: App | null,
  grant: SessionGrant,
): void {
  const context = contextOf(response);
  context.userId = grant.user.id;
  context.role = grant.role;
  if (app !== null) setSessionCookies(response, config, app, grant.refreshToken);
  response.setHeader('Cache-Control', 'no-store');
  response.json({ success: true, ...grant, refreshToken: app === null ? grant.refreshToken : null });
}
