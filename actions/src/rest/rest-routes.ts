/** Everything below `/api`. */

import { Router } from 'express';
import { unknownPath } from '../http/routes.ts';
import type { Services } from '../services.ts';
import { addDocumentation } from './documentation.ts';
import { addEndpoints } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';

/** The REST routes and what tells of them. */
export function restRoutes(services: Services): Router {
  const router = Router({ caseSensitive: true });
  addEndpoints(router, ENDPOINTS, services);
  addDocumentation(router);
  router.use(unknownPath);
  return router;
}
