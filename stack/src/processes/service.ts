import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackStartError } from '../errors.ts';
import { SETTING_NAMES } from '../settings/read-settings.ts';
import type { Run } from './supervise.ts';

/** What to run. */
export interface ServiceOptions {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Takes each line the process writes. */
  readonly log: (line: string) => void;
  /** Ends the process while it is still starting. */
  readonly signal?: AbortSignal;
}

const READY_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 10_000;
const REMEMBERED_LINES = 12;

/**
 * Starts a server and waits for its `{ type: 'ready' }`. It runs in a session of its own, so that Ctrl-C in a
 * terminal reaches only us and we stop things in order; should we be killed, its IPC channel closes and it ends itself.
 */
export async function startService(options: ServiceOptions): Promise<Run> {
  const { child, lastLines } = launch(options);
  const exited = describeExit(child);
  const stop = () => stopChild(child);
  const outcome = await Promise.race([
    waitForReady(child),
    exited,
    sleep(READY_PATIENCE_MS, 'timeout', { ref: false, signal: options.signal }).catch(
      () => 'it was told to stop',
    ),
  ]);
  if (outcome === 'ready') return { exited, stop };
  await stop();
  const reason = outcome === 'timeout' ? `it was not ready within ${READY_PATIENCE_MS / 1000} s` : outcome;
  throw new StackStartError(`The ${options.name} did not start (${reason}).${quote(lastLines)}`);
}

/** Runs a short-lived command of ours to its end. */
export async function runToEnd(options: ServiceOptions): Promise<void> {
  const { child, lastLines } = launch(options);
  const reason = await describeExit(child);
  if (child.exitCode !== 0)
    throw new StackStartError(`The ${options.name} failed (${reason}).${quote(lastLines)}`);
}

function launch(options: ServiceOptions): { child: ChildProcess; lastLines: string[] } {
  const child = fork(options.script, [...(options.args ?? [])], {
    cwd: options.cwd,
    env: { ...inheritedEnvironment(), ...options.env },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: process.platform !== 'win32',
  });
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > REMEMBERED_LINES) lastLines.shift();
      options.log(line);
    });
  }
  return { child, lastLines };
}

/** A child gets the machine's variables, but of our settings and secrets only those it is meant to have. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => name === 'NODE_ENV' || !SETTING_NAMES.includes(name),
  );
  return Object.fromEntries(kept);
}

function waitForReady(child: ChildProcess): Promise<'ready'> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready')
        resolve('ready');
    });
  });
}

function describeExit(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // `close` rather than `exit`: by then everything it wrote has been read
    child.once('close', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const outcome = await Promise.race([gone, sleep(STOP_PATIENCE_MS, 'timeout', { ref: false })]);
  if (outcome !== 'timeout') return;
  child.kill('SIGKILL');
  await gone;
}

function quote(lines: readonly string[]): string {
  return lines.length === 0 ? '' : ` It said:\n${lines.join('\n')}`;
}
