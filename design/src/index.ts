export * from './colors.ts';
export { cssVariables, reducedMotionCss, themeCss, toCssVariables } from './css-variables.ts';
export * from './icons.ts';
export * from './logo.ts';
export * from './tokens.ts';
