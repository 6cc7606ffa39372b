/** Everything below `/api`. */

import { Router } from 'express';
import { unknownPath } from '../http/routes.ts';
import type { Services } from '../services.ts';
import { ADMIN_ENDPOINTS } from './admin-endpoints.ts';
import { authRoutes } from './auth-routes.ts';
import { addEndpoints } from './endpoint.ts';
import { PORTAL_ENDPOINTS } from './portal-endpoints.ts';

/** The REST routes. */
export function restRoutes(services: Services): Router {
  const router = Router();
  router.use('/auth', authRoutes(services));
  addEndpoints(router, [...PORTAL_ENDPOINTS, ...ADMIN_ENDPOINTS], services);
  router.use(unknownPath);
  return router;
}
