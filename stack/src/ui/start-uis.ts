import { reachableHost } from '../network.ts';
import type { Secrets } from '../secrets.ts';
import type { Settings } from '../settings/types.ts';
import { ensureUiBuild } from './build-ui.ts';
import { startUiServer, type UiServer } from './ui-server.ts';

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

/** Serves both user interfaces, each on its port. */
export async function startUis(settings: Settings, secrets: Secrets, builds: UiBuilds): Promise<UiServer[]> {
  const shared = {
    host: settings.host,
    engine: settings.hasuraEndpoint ?? `http://${reachableHost(settings.host)}:${settings.hasuraPort}`,
    actions: `http://${reachableHost(settings.host)}:${settings.actionsPort}`,
    actionSecret: secrets.actionSecret,
    trustedProxies: settings.trustProxy,
  };
  return Promise.all([
    startUiServer({
      ...shared,
      folder: builds.portal,
      port: settings.portalPort,
      basePath: '/portal',
      startPage: '/portal/dashboard',
      allowsInlineStyles: false,
    }),
    startUiServer({
      ...shared,
      folder: builds.admin,
      port: settings.adminPort,
      basePath: '/admin',
      startPage: '/admin/',
      allowsInlineStyles: true,
    }),
  ]);
}
