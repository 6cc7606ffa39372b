import { crc32, deflateSync } from 'node:zlib';
import { colors, logoMark } from '@tierline/design';

/** How an icon fills its square. */
export interface LogoPngOptions {
  /** Width and height in pixels. */
  readonly size: number;
  /** The tile reaches every edge and the mark stays inside, because the system cuts a shape of its own out of it. */
  readonly isMaskable: boolean;
}

type Rgb = readonly [number, number, number];

/** Samples a pixel in this many places along each side, so that round corners come out smooth. */
const samples = 3;
const grid = 24;
const safeShare = 0.72;

/** The mark as a PNG: phones and app launchers want pixels for an installed app. */
export function logoPng({ size, isMaskable }: LogoPngOptions): Buffer {
  const { accent, onAccent } = colors.light;
  const paint = { tile: rgbOf(accent), bar: rgbOf(onAccent) };
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0, 0] as [number, number, number, number];
      for (let sample = 0; sample < samples * samples; sample++) {
        const at = (pixel: number, step: number) => ((pixel + (step + 0.5) / samples) / size) * grid;
        const [colour, alpha] = colourAt(
          at(x, sample % samples),
          at(y, Math.floor(sample / samples)),
          isMaskable,
          paint,
        );
        for (const channel of [0, 1, 2] as const) sum[channel] += colour[channel] * alpha;
        sum[3] += alpha;
      }
      const offset = y * (size * 4 + 1) + 1 + x * 4;
      const covered = sum[3] || 1;
      for (const channel of [0, 1, 2] as const) rows[offset + channel] = Math.round(sum[channel] / covered);
      rows[offset + 3] = Math.round((sum[3] / samples ** 2) * 255);
    }
  }
  return encodePng(size, rows);
}

/** Colour and opacity at a point of the 24 by 24 grid. */
function colourAt(
  x: number,
  y: number,
  isMaskable: boolean,
  paint: Readonly<Record<'tile' | 'bar', Rgb>>,
): readonly [Rgb, number] {
  const scaled = (value: number) => (isMaskable ? (value - grid / 2) / safeShare + grid / 2 : value);
  let colour = paint.tile;
  let alpha = isMaskable ? 1 : 0;
  for (const shape of logoMark.shapes) {
    const isTile = shape.part === 'tile';
    if (isTile && isMaskable) continue;
    if (!isInside(isTile ? x : scaled(x), isTile ? y : scaled(y), shape)) continue;
    const [under, over] = [colour, paint[shape.part]];
    const mix = (channel: 0 | 1 | 2) => under[channel] + (over[channel] - under[channel]) * shape.opacity;
    colour = [mix(0), mix(1), mix(2)];
    alpha = 1;
  }
  return [colour, alpha];
}

function isInside(x: number, y: number, shape: (typeof logoMark.shapes)[number]): boolean {
  const { width, height, radius } = shape;
  const beyond = (at: number, half: number) => Math.max(0, Math.abs(at) - (half - radius));
  const dx = beyond(x - shape.x - width / 2, width / 2);
  const dy = beyond(y - shape.y - height / 2, height / 2);
  return dx * dx + dy * dy <= radius * radius;
}

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** PNG (RFC 2083): a signature, then chunks of length, type, data and checksum. */
function encodePng(size: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // eight bits each of red, green, blue and alpha
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
