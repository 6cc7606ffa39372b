import { join } from 'node:path';
import { reachableHost } from '../network.ts';
import { startService } from '../processes/service.ts';
import type { Run } from '../processes/supervise.ts';
import { PROJECT_ROOT } from '../project.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings/types.ts';
import { ensureUiBuild } from './build-ui.ts';
import type { UiServerOptions } from './ui-server.ts';

/** The folders with the built pages of both user interfaces. */
export interface UiBuilds {
  readonly portal: string;
  readonly admin: string;
}

/** Builds both at once, as far as their sources changed. */
export async function buildUis(): Promise<UiBuilds> {
  const [portal, admin] = await Promise.all([ensureUiBuild('portal-ui'), ensureUiBuild('admin-ui')]);
  return { portal, admin };
}

/** What the servers of the pages need to know. */
export interface UisInput {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly builds: UiBuilds;
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Serves both user interfaces, each on its port, in one process beside ours: what strangers send reaches no other. */
export function startUis({ settings, secrets, builds, log, signal }: UisInput): Promise<Run> {
  return startService({
    name: 'server of the pages',
    script: join(PROJECT_ROOT, 'stack/src/ui/main.ts'),
    cwd: PROJECT_ROOT,
    log,
    signal,
    env: { UI_SERVERS: JSON.stringify(uiServers(settings, secrets, builds)) },
  });
}

function uiServers(settings: Settings, secrets: Secrets, builds: UiBuilds): UiServerOptions[] {
  const shared = {
    host: settings.host,
    engine: settings.hasuraEndpoint ?? `http://${reachableHost(settings.host)}:${settings.hasuraPort}`,
    actions: `http://${reachableHost(settings.host)}:${settings.actionsPort}`,
    actionSecret: secrets.actionSecret,
    trustedProxies: settings.trustProxy,
  };
  return [
    {
      ...shared,
      folder: builds.portal,
      port: settings.portalPort,
      basePath: '/portal',
      startPage: '/portal/dashboard',
      allowsInlineStyles: false,
    },
    {
      ...shared,
      folder: builds.admin,
      port: settings.adminPort,
      basePath: '/admin',
      startPage: '/admin/',
      allowsInlineStyles: true,
    },
  ];
}
