import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
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

/** The codings of request bodies that are read, off the thread that answers everybody else. */
const decoders = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/** Reads a whole request body as text, compressed or not; refuses what is too large, before and after, or not UTF-8. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const coding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const decode = decoders.get(coding);
  if (decode === undefined && coding !== 'identity' && coding !== '') throw unknownCoding(coding);
  const sent = await readBytes(request, maxBytes);
  const bytes = decode === undefined ? sent : await decompress(decode, sent, coding, maxBytes);
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

type Decode = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

/** A small body may unfold to a huge one: it is let grow to the bound and no further. */
async function decompress(decode: Decode, sent: Buffer, coding: string, maxBytes: number): Promise<Buffer> {
  try {
    return await decode(sent, { maxOutputLength: Math.max(maxBytes, 1) });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new EngineError('bad-request', `the request body is not the ${coding} that its header says`, {
      status: 400,
    });
  }
}

function unknownCoding(coding: string): EngineError {
  return new EngineError(
    'not-supported',
    `the request body has the coding "${coding.slice(0, 64)}": send it plain, or as gzip, deflate or br`,
    { status: 415 },
  );
}

function tooLarge(maxBytes: number): EngineError {
  return new EngineError(
    'body-limit-exceeded',
    `the request body is larger than ${maxBytes} bytes, which is the bound here: send it in parts`,
    { status: 413 },
  );
}
