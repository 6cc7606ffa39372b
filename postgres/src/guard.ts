import { type ChildProcess, spawn } from 'node:child_process';

/** Ends the server (and, when given, deletes its folder) should the process that started it die without doing so. */
export interface Guard {
  /** Call it when the server was stopped in the ordinary way. */
  release(): void;
}

/**
 * A shell that waits on a pipe which only we hold open. However we end (also by kill -9) the system closes the
 * pipe and the shell sends the server its signal for a fast, clean shutdown. It lives in a session of its own, so
 * Ctrl-C in a terminal does not reach it first. Windows has no such shell; the next start clears up there.
 */
export function guardServer(pid: number, throwAwayFolder?: string): Guard {
  if (process.platform === 'win32') return { release: () => undefined };
  const script =
    'while read -r _; do :; done; kill -INT "$1" 2>/dev/null; ' +
    'if [ -n "$2" ]; then n=0; while kill -0 "$1" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done; rm -rf "$2"; fi';
  const shell: ChildProcess = spawn('/bin/sh', ['-c', script, 'guard', String(pid), throwAwayFolder ?? ''], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  shell.on('error', () => undefined); // no shell: the next start clears up instead
  shell.unref();
  if (shell.stdin && 'unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
  return { release: () => shell.kill('SIGKILL') };
}
