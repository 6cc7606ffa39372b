// Plain JavaScript on purpose: a Node too old to run the TypeScript of main.ts must still be able to say so.
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

const MINIMUM = [22, 18];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) {
  rememberCompiledCode();
  await import('../src/main.ts');
} else {
  process.stderr.write(
    `Tierline needs Node ${MINIMUM.join('.')} or newer and this is ${process.version}. ` +
      'Run it with npm start after npm ci (which brings Node 24 where npm has it for the platform), or install Node 24.\n',
  );
  process.exit(1);
}

/**
 * Keeps compiled code for the next start, for this process and, by the environment, for the servers it starts. In the
 * user's own folder: in the common one for temporary files somebody else could have laid it ready.
 */
function rememberCompiledCode() {
  try {
    // Source: XDG Base Directory Specification.
    const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    process.env.NODE_COMPILE_CACHE ||= join(caches, 'tierline');
    module.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  } catch {
    // A user without a home: everything is compiled each time.
  }
}
