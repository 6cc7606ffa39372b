/** The two colour schemes. An app follows the person's choice, or the system's when they made none. */
export type Scheme = 'light' | 'dark';

/** A coloured chip or banner: text and icon on a soft background, and a solid tone for dots and bars. */
export interface Tone {
  readonly text: string;
  readonly background: string;
  readonly border: string;
  readonly solid: string;
}

/** The states a tier upgrade request can be in. */
export type RequestStatus = 'pending' | 'approved' | 'rejected' | 'cancelled';

/** Tiers known to the palette; their names come from the `tiers` table. */
export type TierLevel = 1 | 2 | 3 | 4;

/** Every colour of one scheme. `text*` pairs with `canvas`, `surface*`; `on*` pairs with the solid of its name. */
export interface ColorTokens {
  /** Behind everything. */
  readonly canvas: string;
  /** Cards, tables, the top bar. */
  readonly surface: string;
  /** Menus and dialogs, one step above a card. */
  readonly surfaceRaised: string;
  /** Table heads, code, quoted text. */
  readonly surfaceSunken: string;
  readonly surfaceHover: string;
  readonly surfaceSelected: string;
  /** Hairlines that only decorate. */
  readonly border: string;
  /** Edges that carry meaning (inputs, checkboxes): 3:1 against every surface. */
  readonly borderStrong: string;
  readonly text: string;
  readonly textMuted: string;
  /** Placeholders and secondary marks; still 4.5:1. */
  readonly textFaint: string;
  readonly accent: string;
  readonly accentHover: string;
  readonly onAccent: string;
  readonly accentText: string;
  readonly accentSoft: string;
  readonly focusRing: string;
  readonly success: string;
  readonly successHover: string;
  readonly onSuccess: string;
  readonly danger: string;
  readonly dangerHover: string;
  readonly onDanger: string;
  readonly skeleton: string;
  readonly scrim: string;
  readonly notice: Readonly<Record<'info' | 'success' | 'warning' | 'danger', Tone>>;
  readonly status: Readonly<Record<RequestStatus, Tone>>;
  readonly tier: Readonly<Record<TierLevel, Tone>>;
}

const lightTones = {
  slate: { text: '#3d4a5c', background: '#eef1f5', border: '#d3dae3', solid: '#64748b' },
  teal: { text: '#0b5f5a', background: '#e0f5f2', border: '#b2e0da', solid: '#0f8a82' },
  indigo: { text: '#4338ac', background: '#ecebfd', border: '#cfcbf7', solid: '#5b50d6' },
  gold: { text: '#79500a', background: '#fcf1d2', border: '#ecd694', solid: '#b07d12' },
  amber: { text: '#8a4b06', background: '#fdf0dc', border: '#f2d3a3', solid: '#c2700c' },
  green: { text: '#146638', background: '#e3f5e9', border: '#b7e2c6', solid: '#1b8a4b' },
  red: { text: '#a52222', background: '#fdeaea', border: '#f4c4c4', solid: '#cf3636' },
  grey: { text: '#545a63', background: '#f0f1f3', border: '#d9dce0', solid: '#7a818b' },
  blue: { text: '#1a4ca8', background: '#e7effd', border: '#bfd3f8', solid: '#2563d4' },
} satisfies Record<string, Tone>;

const darkTones = {
  slate: { text: '#b9c5d4', background: '#242b35', border: '#3a4452', solid: '#8494a8' },
  teal: { text: '#6fd6cb', background: '#10302e', border: '#1d4d49', solid: '#26b3a7' },
  indigo: { text: '#b3adfa', background: '#262447', border: '#3d3a70', solid: '#8279ef' },
  gold: { text: '#ecc868', background: '#352a10', border: '#57461c', solid: '#d3a532' },
  amber: { text: '#f2b65c', background: '#38270f', border: '#5b411b', solid: '#e0953a' },
  green: { text: '#74d39a', background: '#122e1e', border: '#1f4c32', solid: '#37b26c' },
  red: { text: '#f79a9a', background: '#3a1a1c', border: '#5f2c2f', solid: '#e66060' },
  grey: { text: '#b1b7bf', background: '#272a2f', border: '#3d4148', solid: '#8d949d' },
  blue: { text: '#93b8fb', background: '#172643', border: '#29416e', solid: '#5b8def' },
} satisfies Record<keyof typeof lightTones, Tone>;

function meanings(tones: typeof lightTones): Pick<ColorTokens, 'notice' | 'status' | 'tier'> {
  return {
    notice: { info: tones.blue, success: tones.green, warning: tones.amber, danger: tones.red },
    status: { pending: tones.amber, approved: tones.green, rejected: tones.red, cancelled: tones.grey },
    tier: { 1: tones.slate, 2: tones.teal, 3: tones.indigo, 4: tones.gold },
  };
}

/** Both schemes; contrast of every pair that is used together is asserted in `contrast.test.ts`. */
export const colors: Readonly<Record<Scheme, ColorTokens>> = {
  light: {
    canvas: '#f6f7f9',
    surface: '#ffffff',
    surfaceRaised: '#ffffff',
    surfaceSunken: '#f3f4f7',
    surfaceHover: '#f4f6fa',
    surfaceSelected: '#e9f0fd',
    border: '#e3e6eb',
    borderStrong: '#7f8794',
    text: '#161a21',
    textMuted: '#525b68',
    textFaint: '#626b78',
    accent: '#2160d3',
    accentHover: '#1a50b4',
    onAccent: '#ffffff',
    accentText: '#1d56c2',
    accentSoft: '#e7effd',
    focusRing: '#2f6fe4',
    success: '#17783f',
    successHover: '#126435',
    onSuccess: '#ffffff',
    danger: '#c02a2a',
    dangerHover: '#a32222',
    onDanger: '#ffffff',
    skeleton: '#e8ebf0',
    scrim: 'rgba(16, 20, 28, 0.42)',
    ...meanings(lightTones),
  },
  dark: {
    canvas: '#0f1115',
    surface: '#16191f',
    surfaceRaised: '#1c2027',
    surfaceSunken: '#12151a',
    surfaceHover: '#1d2129',
    surfaceSelected: '#1a2740',
    border: '#2a2f38',
    borderStrong: '#727b89',
    text: '#e9ecf1',
    textMuted: '#a9b1bd',
    textFaint: '#939ca9',
    accent: '#2f6bdc',
    accentHover: '#3a72df',
    onAccent: '#ffffff',
    accentText: '#8ab2fb',
    accentSoft: '#18263f',
    focusRing: '#6ea0f7',
    success: '#1c7f47',
    successHover: '#1d844a',
    onSuccess: '#ffffff',
    danger: '#c93a3a',
    dangerHover: '#cf4040',
    onDanger: '#ffffff',
    skeleton: '#262b33',
    scrim: 'rgba(4, 6, 10, 0.64)',
    ...meanings(darkTones),
  },
};
