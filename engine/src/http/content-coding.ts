import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What an answer may be compressed with, the better choice for a text that is made anew each time first. */
export type ContentCoding = 'gzip' | 'br';

/** Below this many bytes the client waits longer for the compression than it would for the rest of the bytes. */
const worthwhileBytes = 2048;
const texts = /^(text\/|application\/json|image\/svg)/;

/** True for an answer that is sent compressed to whoever asks for it. */
export function isWorthCompressing(contentType: string, size: number): boolean {
  return size >= worthwhileBytes && texts.test(contentType);
}

/** The coding that a client likes best, of those that we have; null when it wants none of them. */
export function chooseCoding(acceptEncoding: string | undefined): ContentCoding | null {
  if (acceptEncoding === undefined) return null;
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0);
  }
  const weightOf = (coding: string): number => weights.get(coding) ?? weights.get('*') ?? 0;
  const [gzipWeight, brotliWeight] = [weightOf('gzip'), weightOf('br')];
  if (gzipWeight === 0 && brotliWeight === 0) return null;
  return gzipWeight >= brotliWeight ? 'gzip' : 'br';
}

const run = { gzip: promisify(gzip), br: promisify(brotliCompress) };

/** Compresses quickly rather than well, and not on the thread that answers everybody else. */
function compress(coding: ContentCoding, bytes: Buffer): Promise<Buffer> {
  return coding === 'gzip'
    ? run.gzip(bytes, { level: 1 })
    : run.br(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
      });
}

/** Ends a response whose head is set but for its length and coding. */
export async function endCompressed(
  response: ServerResponse,
  coding: ContentCoding,
  bytes: Buffer,
): Promise<void> {
  const compressed = await compress(coding, bytes).catch(() => null);
  if (compressed !== null) response.setHeader('content-encoding', coding);
  const sent = compressed ?? bytes;
  response.setHeader('content-length', sent.length);
  response.end(sent);
}
