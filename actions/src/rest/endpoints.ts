import { ADMIN_ENDPOINTS } from './admin-endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { PASSWORD_ENDPOINTS } from './password-endpoints.ts';
import { PORTAL_ENDPOINTS } from './portal-endpoints.ts';
import { SESSION_ENDPOINTS } from './session-endpoints.ts';

/** Every endpoint of REST, in the order in which people read of them. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...SESSION_ENDPOINTS,
  ...PASSWORD_ENDPOINTS,
  ...PORTAL_ENDPOINTS,
  ...ADMIN_ENDPOINTS,
];
