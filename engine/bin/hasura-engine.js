#!/usr/bin/env node
// Plain JavaScript that any Node can read: it finds a Node that runs TypeScript files as they are.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { constants, homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = [22, 18];
const main = new URL('../src/main.ts', import.meta.url);

if (isNewEnough(process.versions.node)) {
  // Half of a start is reading modules; the second start finds them compiled. Whatever compiles for us must be ours:
  // in the common folder for temporary files somebody else could have laid it ready.
  rememberCompiledCode();
  await import(main.href);
} else {
  const newer = findInstalledNode();
  if (newer === undefined) {
    console.error(
      `hasura-engine needs Node ${NEEDED.join('.')} or newer, but this is ${process.version}. ` +
        'Install a newer Node, or run `npm ci` in the project: it brings one along where a package fits the machine.',
    );
    process.exit(1);
  }
  runWith(newer);
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** Compiled code is remembered for the next start, where that is possible. */
function rememberCompiledCode() {
  try {
    // Source: XDG Base Directory Specification.
    const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE ?? join(caches, 'hasura-engine'));
  } catch {
    // A user without a home: everything is compiled each time.
  }
}

/** Runs the command in a newer Node and stands in for it: signals go down, messages and the exit code come up. */
function runWith(node) {
  const child = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], {
    // The channel also lets the child notice when we are killed in a way that leaves us no time to tell it.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('message', (message) => process.send?.(message));
  process.on('disconnect', () => child.connected && child.disconnect());
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0));
  });
}

/** The Node that npm installed beside us, by the name of its platform package. */
function findInstalledNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  try {
    const require = createRequire(import.meta.url);
    const path = require.resolve(`node-${platform}-${process.arch}/bin/${binary}`);
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
