import { prepareConsole } from '../console/console-files.ts';

/** `console build`: for images and packages, whose users should not have to build anything. */
export async function runConsoleBuild(): Promise<void> {
  console.log(`the console is in ${await prepareConsole()}`);
}
