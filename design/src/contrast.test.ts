import { describe, expect, it } from 'vitest';
import { colors, type Scheme } from './colors.ts';
import { contrastRatio } from './contrast.ts';

const TEXT = 4.5;
const SHAPE = 3;

describe.each<Scheme>(['light', 'dark'])('the %s scheme', (scheme) => {
  const c = colors[scheme];
  const surfaces = {
    canvas: c.canvas,
    surface: c.surface,
    surfaceRaised: c.surfaceRaised,
    surfaceSunken: c.surfaceSunken,
    surfaceHover: c.surfaceHover,
    surfaceSelected: c.surfaceSelected,
  };

  it.each(['text', 'textMuted', 'textFaint', 'accentText'] as const)(
    'reads as %s on every surface',
    (name) => {
      for (const [surface, background] of Object.entries(surfaces)) {
        expect(contrastRatio(c[name], background), `${name} on ${surface}`).toBeGreaterThanOrEqual(TEXT);
      }
    },
  );

  it('reads on solid buttons, hovered or not', () => {
    const pairs = [
      [c.onAccent, c.accent],
      [c.onAccent, c.accentHover],
      [c.onSuccess, c.success],
      [c.onSuccess, c.successHover],
      [c.onDanger, c.danger],
      [c.onDanger, c.dangerHover],
      [c.accentText, c.accentSoft],
      [c.text, c.accentSoft],
    ] as const;
    for (const [text, background] of pairs) {
      expect(contrastRatio(text, background), `${text} on ${background}`).toBeGreaterThanOrEqual(TEXT);
    }
  });

  it('reads on every badge, status and notice, and their text also stands alone on a surface', () => {
    for (const [group, tones] of Object.entries({ status: c.status, tier: c.tier, notice: c.notice })) {
      for (const [name, tone] of Object.entries(tones)) {
        for (const background of [tone.background, ...Object.values(surfaces)]) {
          expect(
            contrastRatio(tone.text, background),
            `${group} ${name} on ${background}`,
          ).toBeGreaterThanOrEqual(TEXT);
        }
        expect(contrastRatio(tone.solid, c.surface), `${group} ${name} dot`).toBeGreaterThanOrEqual(SHAPE);
        expect(
          contrastRatio(c.text, tone.background),
          `body text on ${group} ${name}`,
        ).toBeGreaterThanOrEqual(TEXT);
      }
    }
  });

  it('draws input edges and the focus ring so that they can be seen', () => {
    for (const [surface, background] of Object.entries(surfaces)) {
      expect(contrastRatio(c.borderStrong, background), `edge on ${surface}`).toBeGreaterThanOrEqual(SHAPE);
      expect(contrastRatio(c.focusRing, background), `ring on ${surface}`).toBeGreaterThanOrEqual(SHAPE);
    }
  });

  it('keeps the four tiers and the four statuses apart by hue', () => {
    expect(new Set(Object.values(c.tier).map((tone) => tone.solid)).size).toBe(4);
    expect(new Set(Object.values(c.status).map((tone) => tone.solid)).size).toBe(4);
  });
});

describe('contrastRatio', () => {
  it('agrees with the values WCAG gives', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('refuses what is not a colour', () => {
    expect(() => contrastRatio('red', '#ffffff')).toThrow('"red" is not a #rrggbb colour');
  });
});
