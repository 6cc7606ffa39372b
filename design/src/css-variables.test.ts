import { describe, expect, it } from 'vitest';
import { colors } from './colors.ts';
import { cssVariables, themeCss, toCssVariables } from './css-variables.ts';
import { logoSvg } from './logo.ts';
import { motion, statusOrder, statusSigns, toTierLevel } from './tokens.ts';

describe('cssVariables', () => {
  it('names colours by their path in kebab case', () => {
    const variables = cssVariables('light');
    expect(variables['--tl-color-text-muted']).toBe(colors.light.textMuted);
    expect(variables['--tl-color-status-pending-background']).toBe(colors.light.status.pending.background);
    expect(variables['--tl-color-tier-4-text']).toBe(colors.light.tier[4].text);
    expect(variables['--tl-space-4']).toBe('16px');
    expect(variables['--tl-font-size-md']).toBe('0.875rem');
  });

  it('gives both schemes the same names', () => {
    expect(Object.keys(cssVariables('dark'))).toEqual(Object.keys(cssVariables('light')));
  });

  it('leaves no value empty and lets none break out of its declaration', () => {
    for (const value of Object.values(cssVariables('dark'))) expect(value).toMatch(/^[^;{}]+$/);
    expect(toCssVariables('dark')).toContain('color-scheme: dark;');
  });

  it('lets a choice of scheme win over the system', () => {
    expect(themeCss()).toContain(":root:not([data-scheme='light'])");
    expect(themeCss()).toContain(":root[data-scheme='dark']");
    expect(themeCss()).toContain('prefers-reduced-motion');
  });

  it('prints in the light scheme', () => {
    const print = themeCss().slice(themeCss().indexOf('@media print'));
    expect(print).toContain(`--tl-color-text: ${colors.light.text};`);
  });
});

describe('tokens', () => {
  it('gives every status a word and an icon of its own', () => {
    expect(new Set(statusOrder.map((status) => statusSigns[status].icon)).size).toBe(4);
    expect(new Set(statusOrder.map((status) => statusSigns[status].word)).size).toBe(4);
  });

  it('has a colour for any tier number', () => {
    expect([0, 1, 3, 9, Number.NaN].map(toTierLevel)).toEqual([1, 1, 3, 4, 1]);
  });

  it('keeps motion under 200 ms', () => {
    expect(Math.max(motion.fast, motion.normal, motion.slow)).toBeLessThan(200);
  });

  it('draws the mark in the accent of the scheme', () => {
    expect(logoSvg('light')).toContain(`fill="${colors.light.accent}"`);
    expect(logoSvg('light').match(/<rect/g)).toHaveLength(5);
  });
});
