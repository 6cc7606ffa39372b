import { colors, type Scheme } from './colors.ts';
import {
  fontSizes,
  fonts,
  fontWeights,
  lineHeights,
  motion,
  radii,
  shadows,
  space,
  spaceSteps,
} from './tokens.ts';

type Leaf = string | { readonly [key: string]: Leaf };

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function flatten(prefix: string, value: Leaf, into: Record<string, string>): void {
  if (typeof value === 'string') {
    into[prefix] = value;
    return;
  }
  for (const [key, child] of Object.entries(value)) flatten(`${prefix}-${kebab(key)}`, child, into);
}

/**
 * Every token of a scheme by its CSS custom property: `--tl-color-text-muted`, `--tl-color-status-pending-background`,
 * `--tl-color-tier-2-text`, `--tl-shadow-md`, `--tl-space-4`, `--tl-radius-lg`, `--tl-font-sans`, `--tl-font-size-sm`,
 * `--tl-font-weight-medium`, `--tl-line-height-normal`, `--tl-motion-fast`, `--tl-motion-easing`.
 */
export function cssVariables(scheme: Scheme): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  flatten('--tl-color', colors[scheme] as unknown as Leaf, variables);
  flatten('--tl-shadow', shadows[scheme], variables);
  for (const steps of spaceSteps) variables[`--tl-space-${steps}`] = `${space(steps)}px`;
  for (const [name, pixels] of Object.entries(radii)) variables[`--tl-radius-${name}`] = `${pixels}px`;
  for (const [name, family] of Object.entries(fonts)) variables[`--tl-font-${name}`] = family;
  // Sizes in rem, so that a reader's own default text size still counts.
  for (const [name, pixels] of Object.entries(fontSizes))
    variables[`--tl-font-size-${name}`] = `${pixels / 16}rem`;
  for (const [name, weight] of Object.entries(fontWeights))
    variables[`--tl-font-weight-${name}`] = `${weight}`;
  for (const [name, height] of Object.entries(lineHeights))
    variables[`--tl-line-height-${name}`] = `${height}`;
  for (const name of ['fast', 'normal', 'slow'] as const)
    variables[`--tl-motion-${name}`] = `${motion[name]}ms`;
  variables['--tl-motion-easing'] = motion.easing;
  return variables;
}

/** The declarations of `cssVariables`, ready to stand between the braces of a rule. */
export function toCssVariables(scheme: Scheme): string {
  const lines = Object.entries(cssVariables(scheme)).map(([name, value]) => `${name}: ${value};`);
  return [`color-scheme: ${scheme};`, ...lines].join('\n');
}

/**
 * Turns motion off for people who asked their system for less of it. Transitions take no time at all: however short, one
 * on every element would hand a change of colours down the page a frame a level.
 */
export const reducedMotionCss = `@media (prefers-reduced-motion: reduce) {
*, *::before, *::after { animation-duration: 0.01ms !important; animation-iteration-count: 1 !important;
transition-duration: 0s !important; transition-delay: 0s !important; scroll-behavior: auto !important; }
}`;

/**
 * A whole style sheet: light by default, dark when the system says so, and `data-scheme="light|dark"` on the root
 * element when the person chose one. On paper it is always light.
 */
export function themeCss(): string {
  return [
    `:root {\n${toCssVariables('light')}\n}`,
    `@media (prefers-color-scheme: dark) {\n:root:not([data-scheme='light']) {\n${toCssVariables('dark')}\n}\n}`,
    `:root[data-scheme='dark'] {\n${toCssVariables('dark')}\n}`,
    // Paper is white: browsers leave backgrounds out, and light text would go with them.
    `@media print {\n:root:root {\n${toCssVariables('light')}\n}\n}`,
    reducedMotionCss,
  ].join('\n');
}
