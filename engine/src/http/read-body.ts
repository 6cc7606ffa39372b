import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';
import { EngineError } from '../errors.ts';
import { guarded } from '../guarded.ts';
import { boundsOf } from '../guards/bounds.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** How many bytes the body of a role's request may have: what the server takes, and what the role may send. */
export function bodyLimitOf(config: Pick<Config, 'maxBodyBytes' | 'bounds'>, role: string): number {
  return Math.min(config.maxBodyBytes, boundsOf(config.bounds, role).bodyBytes);
}

/** The same for a body that had to be read before the role was known. */
export function checkBodySize(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) > maxBytes) throw tooLarge(maxBytes);
  return text;
}

/** Reads a whole request body as text; refuses what is too large or not UTF-8. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const bytes = await readBytes(request, maxBytes);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new EngineError('invalid-json', 'Error in $: the body is not valid UTF-8');
  }
}

/** By events rather than by iteration, which costs several promises for the one chunk that most bodies are. */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on(
      'data',
      guarded((chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) {
          request.removeAllListeners('data').pause();
          reject(tooLarge(maxBytes));
          return;
        }
        chunks.push(chunk);
      }, reject),
    );
    request.once(
      'end',
      guarded(() => {
        request.off('error', cutOff).off('close', cutOff);
        resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
      }, reject),
    );
    // The client went away in the middle: nothing of ours is wrong, and nobody waits for the answer.
    const cutOff = guarded(
      () => reject(new EngineError('bad-request', 'the request body was cut off')),
      reject,
    );
    request.once('error', cutOff);
    request.once('close', cutOff);
  });
}

function tooLarge(maxBytes: number): EngineError {
  return new EngineError(
    'body-limit-exceeded',
    `the request body is larger than ${maxBytes} bytes, which is the bound here: send it in parts`,
    { status: 413 },
  );
}
