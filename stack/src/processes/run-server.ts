/** A server that runs in this process. */
interface Closable {
  close(): Promise<void>;
}

/**
 * The life of a server's process: it starts, tells whoever forked it that it is ready, and closes in order once it is
 * asked to or its parent is gone. A start that fails leaves one sentence and exit code 1.
 */
export async function runServer(start: () => Promise<Closable>): Promise<void> {
  let server: Closable;
  try {
    server = await start();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const event of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(event, stop);
  process.on('disconnect', stop);
  process.send?.({ type: 'ready' });
}
