import type { RequestStatus, Scheme, TierLevel } from './colors.ts';
import type { IconName } from './icons.ts';

/** How a status reads: always an icon and a word, so that colour is never the only sign. */
export interface StatusSign {
  readonly word: string;
  readonly icon: IconName;
}

/** The four statuses in the order the queue shows them. */
export const statusOrder: readonly RequestStatus[] = ['pending', 'approved', 'rejected', 'cancelled'];

export const statusSigns: Readonly<Record<RequestStatus, StatusSign>> = {
  pending: { word: 'Pending', icon: 'clock' },
  approved: { word: 'Approved', icon: 'check' },
  rejected: { word: 'Rejected', icon: 'cross' },
  cancelled: { word: 'Cancelled', icon: 'slash' },
};

/** The palette's level for any number from data, so that a tier added later still gets a colour. */
export function toTierLevel(level: number): TierLevel {
  return Math.min(4, Math.max(1, Math.round(level) || 1)) as TierLevel;
}

/** System fonts only: nothing is fetched, and the text looks at home on each machine. */
export const fonts = {
  sans: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Ubuntu, Cantarell, 'Helvetica Neue', Arial, sans-serif",
  mono: "ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace",
} as const;

/** Pixels. The console's body text is `md`, the portal's is `lg`. */
export const fontSizes = { xs: 12, sm: 13, md: 14, lg: 16, xl: 20, '2xl': 24, '3xl': 32 } as const;

export const lineHeights = { tight: 1.25, normal: 1.5 } as const;

export const fontWeights = { regular: 400, medium: 500, semibold: 600 } as const;

/** The 4 px grid: `space(3)` is 12. */
export const spaceUnit = 4;

/** Pixels for a number of grid steps. */
export function space(steps: number): number {
  return steps * spaceUnit;
}

/** The grid steps that get a CSS variable (`--tl-space-1` … `--tl-space-16`). */
export const spaceSteps = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16] as const;

export const radii = { sm: 4, md: 6, lg: 10, xl: 14, full: 999 } as const;

/** Milliseconds, all under 200; `toCssVariables` callers turn them off with `reducedMotionCss`. */
export const motion = { fast: 100, normal: 160, slow: 190, easing: 'cubic-bezier(0.2, 0, 0, 1)' } as const;

/** Skeletons appear only when something takes longer than this. */
export const skeletonDelay = 300;

export const shadows: Readonly<
  Record<Scheme, { readonly sm: string; readonly md: string; readonly lg: string }>
> = {
  light: {
    sm: '0 1px 2px rgba(16, 24, 40, 0.06)',
    md: '0 2px 4px rgba(16, 24, 40, 0.05), 0 6px 16px rgba(16, 24, 40, 0.08)',
    lg: '0 8px 20px rgba(16, 24, 40, 0.10), 0 24px 56px rgba(16, 24, 40, 0.16)',
  },
  dark: {
    sm: '0 1px 2px rgba(0, 0, 0, 0.40)',
    md: '0 2px 4px rgba(0, 0, 0, 0.36), 0 8px 20px rgba(0, 0, 0, 0.44)',
    lg: '0 8px 20px rgba(0, 0, 0, 0.44), 0 24px 56px rgba(0, 0, 0, 0.60)',
  },
};

/** Widths at which layouts change, in pixels. */
export const breakpoints = { phone: 600, tablet: 900, desktop: 1200 } as const;
