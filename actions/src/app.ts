/** The HTTP server as a value: all routes, no port. */

import express, { type Express, Router } from 'express';
import helmet from 'helmet';
import { publicKeySet } from './accounts/signing-keys.ts';
import { ACTIONS } from './actions.ts';
import { ActionError } from './errors.ts';
import { Health } from './health.ts';
import { CRON_JOBS, EVENTS } from './hooks.ts';
import { serveAction } from './http/action-route.ts';
import { isSameSecret, requireActionSecret } from './http/action-secret.ts';
import { answerHasuraErrors, answerRestErrors } from './http/error-responses.ts';
import { serveCron, serveEvents } from './http/hook-routes.ts';
import { readJsonBody } from './http/json-body.ts';
import { observeRequests } from './http/request-context.ts';
import { addPath, unknownPath } from './http/routes.ts';
import { restRoutes } from './rest/rest-routes.ts';
import type { Services } from './services.ts';

/** Builds the server; whoever calls this listens with it. */
export function createApp(services: Services): Express {
  const app = express();
  app.enable('case sensitive routing');
  app.set('trust proxy', [...services.config.trustProxy]);
  app.use(observeRequests(services));
  app.use(helmet());
  addOperatorPaths(app, services);
  app.use('/hasura', hasuraRoutes(services));
  app.use('/api', restRoutes(services));
  app.use(unknownPath);
  app.use(answerRestErrors(services));
  return app;
}

/** What Hasura calls, behind the shared secret. */
function hasuraRoutes(services: Services): Router {
  const router = Router({ caseSensitive: true });
  router.use(requireActionSecret(services.config.actionSecret));
  for (const action of ACTIONS) {
    addPath(router, `/actions/${action.name}`, { post: [...readJsonBody(), serveAction(services, action)] });
  }
  const serveEvent = serveEvents(services);
  for (const event of EVENTS) {
    addPath(router, `/events/${event.name}`, { post: [...readJsonBody(), serveEvent(event)] });
  }
  for (const job of CRON_JOBS) {
    addPath(router, `/cron/${job.name}`, { post: [...readJsonBody(), serveCron(services, job)] });
  }
  router.use(unknownPath);
  router.use(answerHasuraErrors(services));
  return router;
}

/** Health, metrics and public keys. The keys answer without a database: Hasura needs them before it makes the tables. */
function addOperatorPaths(app: Express, { config, database, metrics }: Services): void {
  const keySet = publicKeySet(config.signingKeys);
  const health = new Health(database);
  addPath(app, '/.well-known/jwks.json', {
    get: [
      (_request, response) => {
        response.setHeader('Cache-Control', 'public, max-age=300, stale-while-revalidate=60');
        response.json(keySet);
      },
    ],
  });
  addPath(app, '/healthz', {
    get: [
      async (_request, response) => {
        const reason = await health.findProblem();
        response.setHeader('Cache-Control', 'no-store');
        response.status(reason === undefined ? 200 : 503);
        response.json(reason === undefined ? { status: 'ok' } : { status: 'unavailable', reason });
      },
    ],
  });
  addPath(app, '/metrics', {
    get: [
      async (request, response) => {
        if (!mayReadMetrics(request.headers.authorization, config.metricsToken)) {
          response.setHeader('WWW-Authenticate', 'Bearer');
          throw new ActionError('UNAUTHORIZED', 'The token for metrics is missing or wrong.');
        }
        response.setHeader('Content-Type', metrics.registry.contentType);
        response.end(await metrics.registry.metrics());
      },
    ],
  });
}

function mayReadMetrics(authorization: string | undefined, token: string | null): boolean {
  if (token === null) return true;
  const given = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  return isSameSecret(given, token);
}
