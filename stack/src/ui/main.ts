import { runServer } from '../processes/run-server.ts';
import { startUiServer, type UiServerOptions } from './ui-server.ts';

/** By environment, not on the command line: the action secret is part of it. */
const servers = JSON.parse(process.env.UI_SERVERS ?? '[]') as UiServerOptions[];
delete process.env.UI_SERVERS;

await runServer(async () => {
  const started = await Promise.all(servers.map(startUiServer));
  return {
    close: async () => {
      await Promise.all(started.map((server) => server.close()));
    },
  };
});
