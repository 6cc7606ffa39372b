import type { ServerResponse } from 'node:http';
import type { Authenticate } from '../auth/authenticate.ts';
import type { JwtSettings } from '../auth/jwt-settings.ts';
import type { Config } from '../config.ts';
import type { RequestContext } from '../engine-types.ts';
import { HASURA_VERSION } from './hasura-version.ts';
import { requireAdmin } from './require-admin.ts';
import { sendJson } from './respond.ts';

/** What telling of the settings needs. */
export interface ConfigRouteDeps {
  readonly authenticate: Authenticate;
  readonly config: Config;
}

/** `GET /v1alpha1/config` and `/v1/config`: what tools want to know of the settings, no secret among it. For the admin role. */
export async function serveConfig(
  { authenticate, config }: ConfigRouteDeps,
  response: ServerResponse,
  context: RequestContext,
): Promise<void> {
  requireAdmin(await authenticate(context.headers));
  const tokens = config.jwtSecrets.map(describeTokens);
  const answer = {
    version: HASURA_VERSION,
    is_function_permissions_inferred: config.schema.infersFunctionPermissions,
    is_remote_schema_permissions_enabled: false,
    is_admin_secret_set: config.adminSecrets.length > 0,
    is_auth_hook_set: config.authHook !== null,
    is_jwt_set: tokens.length > 0,
    jwt: tokens.length > 1 ? tokens : (tokens[0] ?? null),
    is_allow_list_enabled: config.enforcesAllowList,
    live_queries: {
      batch_size: config.liveQueryBatchSize,
      refetch_delay: config.liveQueryRefetchIntervalMs / 1000,
    },
    console_assets_dir: null,
    experimental_features: [...config.schema.experiments],
    is_prometheus_metrics_enabled: config.enabledApis.has('metrics'),
  };
  sendJson(response, 200, JSON.stringify(answer));
}

/** Where a token's claims are looked for, in the words of the setting. */
function describeTokens({ claims }: JwtSettings): Readonly<Record<string, unknown>> {
  switch (claims.kind) {
    case 'namespace':
      return { claims_namespace: claims.name, claims_format: claims.format };
    case 'path':
      return { claims_namespace_path: claims.text, claims_format: claims.format };
    case 'map':
      return { claims_map: Object.keys(claims.claims), claims_format: 'json' };
  }
}
