import { runServer } from '../processes/run-server.ts';
import { startMailCatcher } from './start-mail-catcher.ts';

await runServer(() =>
  startMailCatcher({ smtp: Number(process.env.MAIL_PORT), page: Number(process.env.MAIL_UI_PORT) }),
);
