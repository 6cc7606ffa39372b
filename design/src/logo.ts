import { colors, type Scheme } from './colors.ts';

/** One rounded bar of the mark, on the 24 by 24 grid. */
export interface LogoShape {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  /** `tile` is drawn in the accent, `bar` in the colour that reads on it. */
  readonly part: 'tile' | 'bar';
  readonly opacity: number;
}

/** The mark: four tiers as rising bars on an accent tile, each a little brighter than the one before. */
export const logoMark: { readonly viewBox: string; readonly shapes: readonly LogoShape[] } = {
  viewBox: '0 0 24 24',
  shapes: [
    { x: 0, y: 0, width: 24, height: 24, radius: 6.5, part: 'tile', opacity: 1 },
    { x: 5, y: 14.5, width: 2.6, height: 4, radius: 1.3, part: 'bar', opacity: 0.55 },
    { x: 8.8, y: 11.5, width: 2.6, height: 7, radius: 1.3, part: 'bar', opacity: 0.7 },
    { x: 12.6, y: 8.5, width: 2.6, height: 10, radius: 1.3, part: 'bar', opacity: 0.85 },
    { x: 16.4, y: 5.5, width: 2.6, height: 13, radius: 1.3, part: 'bar', opacity: 1 },
  ],
};

/** The mark as a stand-alone SVG text, for a favicon or a mail. */
export function logoSvg(scheme: Scheme): string {
  const { accent, onAccent } = colors[scheme];
  const rects = logoMark.shapes.map(
    (shape) =>
      `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" rx="${shape.radius}" ` +
      `fill="${shape.part === 'tile' ? accent : onAccent}" fill-opacity="${shape.opacity}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${logoMark.viewBox}"><title>Tierline</title>${rects.join('')}</svg>`;
}
