import type { IncomingMessage } from 'node:http';
import { EngineError } from '../errors.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads a whole request body as text; refuses what is too large or not UTF-8. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (thrown) {
    if (thrown instanceof EngineError) throw thrown;
    // The client went away in the middle: nothing of ours is wrong, and nobody waits for the answer.
    throw new EngineError('bad-request', 'the request body was cut off');
  }
  try {
    return decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  } catch {
    throw new EngineError('invalid-json', 'Error in $: the body is not valid UTF-8');
  }
}

function tooLarge(maxBytes: number): EngineError {
  return new EngineError('bad-request', `the request body is larger than ${maxBytes} bytes`, { status: 413 });
}
