import { guarded } from '../guarded.ts';

/**
 * Resolves once the process has been asked to end and `close` is done. Whoever forked us may also just go
 * away: then the IPC channel closes, and nobody would ever send a signal.
 */
export function onShutdown(close: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let isClosing = false;
    const end = guarded(() => {
      if (isClosing) return;
      isClosing = true;
      close()
        .then(() => {
          for (const signal of SIGNALS) process.off(signal, end);
          process.off('disconnect', end);
          if (process.connected) process.disconnect();
        })
        .then(resolve, reject);
    }, reject);
    for (const signal of SIGNALS) process.on(signal, end);
    if (process.send) process.on('disconnect', end);
  });
}

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
