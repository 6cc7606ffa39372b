import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authenticate } from '../auth/authenticate.ts';
import type { Config } from '../config.ts';
import type { Engine, RequestContext } from '../engine-types.ts';
import { boundsOf } from '../guards/bounds.ts';
import { bodyLimitOf, readBody } from './read-body.ts';
import { readJson } from './read-json.ts';
import type { HttpLogEntry } from './request-log.ts';
import { sendJson } from './respond.ts';

/** What the metadata and data APIs need. */
export interface MetadataRouteDeps {
  readonly engine: Pick<Engine, 'runMetadataRequest'>;
  readonly authenticate: Authenticate;
  readonly config: Pick<Config, 'maxBodyBytes' | 'bounds'>;
}

/** Where the one API of all metadata and SQL requests answers; the engine tells them apart by their type. */
export const METADATA_PATHS: ReadonlySet<string> = new Set(['/v1/metadata', '/v2/query', '/v1/query']);

/** authenticate → read the body → let the engine do it → send what it answers. Errors are thrown. */
export async function serveMetadata(
  deps: MetadataRouteDeps,
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
  entry: HttpLogEntry,
): Promise<void> {
  entry.session = await deps.authenticate(context.headers);
  const { role } = entry.session;
  const text = await readBody(request, bodyLimitOf(deps.config, role));
  const body = readJson(text, boundsOf(deps.config.bounds, role).jsonDepth);
  const answer = JSON.stringify(await deps.engine.runMetadataRequest(body, entry.session));
  entry.responseSize = Buffer.byteLength(answer);
  sendJson(response, 200, answer);
}
