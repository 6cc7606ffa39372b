/** What tells of the API: the OpenAPI document and a page made from it. Both are for everybody. */

import { readFileSync } from 'node:fs';
import type { RequestHandler, Router } from 'express';
import { addPath } from '../http/routes.ts';
import { docsPage } from './docs-page.ts';
import { ENDPOINTS } from './endpoints.ts';
import { openApiDocument } from './open-api.ts';

/** Nothing but our own style sheet: the page has no script, so none may run. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Adds `/openapi.json` and `/docs`. */
export function addDocumentation(router: Router): void {
  const document = openApiDocument(ENDPOINTS);
  const style = readFileSync(new URL('./docs-page.css', import.meta.url), 'utf8');
  addPath(router, '/openapi.json', { get: [serveText('application/json', JSON.stringify(document))] });
  addPath(router, '/docs', { get: [serveText('text/html', docsPage(document))] });
  addPath(router, '/docs/page.css', { get: [serveText('text/css', style)] });
}

function serveText(type: string, text: string): RequestHandler {
  return (_request, response) => {
    response.setHeader('Content-Security-Policy', PAGE_POLICY);
    response.setHeader('Cache-Control', 'public, no-cache');
    response.type(type).send(text);
  };
}
