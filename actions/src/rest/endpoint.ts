/** What a REST endpoint is: from one description come its route, the checks before it, and its place in OpenAPI. */

import type { RequestHandler, Router } from 'express';
import type { z } from 'zod';
import type { PersonRole } from '../accounts/roles.ts';
import type { ErrorCode } from '../errors.ts';
import { addPath, type PathHandlers } from '../http/routes.ts';
import type { Services } from '../services.ts';

/** What an endpoint answers when all went well. */
export interface EndpointAnswer {
  readonly status: 200 | 201;
  readonly description: string;
  /** Of a JSON body; without one the answer is CSV. */
  readonly schema?: z.ZodObject;
}

/** How an endpoint is told to the outside. */
export interface EndpointDescription {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api`, with parameters as OpenAPI writes them: `/admin/vendors/{id}/tier`. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: 'Sessions' | 'Vendors’ requests' | 'Review';
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** Nothing in the body has to be said, so that it may be left out. */
  readonly isBodyOptional?: boolean;
  /** Who may call it with a Bearer token; empty when no token is asked for. */
  readonly roles: readonly PersonRole[];
  readonly isLimited: boolean;
  readonly answer: EndpointAnswer;
  /** Codes that it may say beyond those that follow from its shape (see `codesOf`). */
  readonly codes: readonly ErrorCode[];
}

/** An endpoint that can be served. */
export interface Endpoint extends EndpointDescription {
  serve(services: Services): readonly RequestHandler[];
}

/** Every code that an endpoint may say: its own, and those that its shape brings with it. */
export function codesOf(endpoint: EndpointDescription): ReadonlySet<ErrorCode> {
  const codes = new Set<ErrorCode>(['INVALID_INPUT', ...endpoint.codes, 'DATABASE_ERROR', 'INTERNAL_ERROR']);
  if (endpoint.roles.length > 0) codes.add('UNAUTHORIZED').add('FORBIDDEN');
  if (endpoint.isLimited) codes.add('RATE_LIMIT_EXCEEDED');
  return codes;
}

/** Whether a body is read: one that nobody asked for is read too, to be refused like any other unknown field. */
export function readsBody({ method }: Pick<EndpointDescription, 'method'>): boolean {
  return method !== 'get';
}

/** Adds endpoints to a router, all methods of a path together. */
export function addEndpoints(router: Router, endpoints: readonly Endpoint[], services: Services): void {
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    const handlers: PathHandlers = Object.fromEntries(
      endpoints
        .filter((endpoint) => endpoint.path === path)
        .map((endpoint) => [endpoint.method, endpoint.serve(services)]),
    );
    addPath(router, path.replaceAll(/\{(\w+)\}/g, ':$1'), handlers);
  }
}
