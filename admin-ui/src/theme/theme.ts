import { createTheme, type Theme } from '@mui/material/styles';
import { breakpoints, colors, fontSizes, fonts, motion, radii, type Scheme, shadows } from '@tierline/design';
import { componentOverrides } from './component-overrides.ts';

const shadowSteps = 25;

/** The shared tokens as a MUI theme, so that react-admin's own components look like ours. */
export function createConsoleTheme(scheme: Scheme): Theme {
  const color = colors[scheme];
  const shadow = shadows[scheme];
  return createTheme({
    components: componentOverrides(color),
    palette: {
      mode: scheme,
      primary: { main: color.accent, dark: color.accentHover, contrastText: color.onAccent },
      secondary: { main: color.textMuted, contrastText: color.surface },
      success: { main: color.success, dark: color.successHover, contrastText: color.onSuccess },
      error: { main: color.danger, dark: color.dangerHover, contrastText: color.onDanger },
      warning: { main: color.notice.warning.solid },
      info: { main: color.notice.info.solid },
      background: { default: color.canvas, paper: color.surface },
      text: { primary: color.text, secondary: color.textMuted, disabled: color.textFaint },
      divider: color.border,
      action: { hover: color.surfaceHover, selected: color.surfaceSelected },
    },
    typography: {
      fontFamily: fonts.sans,
      fontSize: fontSizes.md,
      htmlFontSize: 16,
      body1: { fontSize: '0.875rem' },
      body2: { fontSize: '0.8125rem' },
      h1: { fontSize: '1.5rem', fontWeight: 600, letterSpacing: '-0.02em', lineHeight: 1.25 },
      h2: { fontSize: '1rem', fontWeight: 600, letterSpacing: '-0.01em', lineHeight: 1.4 },
      h3: { fontSize: '0.875rem', fontWeight: 600, lineHeight: 1.4 },
      subtitle1: { fontSize: '0.875rem', fontWeight: 500 },
      caption: { fontSize: '0.75rem', lineHeight: 1.4 },
      button: { fontSize: '0.875rem', fontWeight: 500, textTransform: 'none', letterSpacing: 0 },
    },
    spacing: 4,
    shape: { borderRadius: radii.md },
    breakpoints: {
      values: { xs: 0, sm: breakpoints.phone, md: breakpoints.tablet, lg: breakpoints.desktop, xl: 1600 },
    },
    shadows: Array.from({ length: shadowSteps }, (_, step) =>
      step === 0 ? 'none' : step < 4 ? shadow.sm : step < 12 ? shadow.md : shadow.lg,
    ) as Theme['shadows'],
    transitions: {
      duration: {
        shortest: motion.fast,
        shorter: motion.fast,
        short: motion.normal,
        standard: motion.normal,
        complex: motion.slow,
        enteringScreen: motion.normal,
        leavingScreen: motion.fast,
      },
      easing: {
        easeInOut: motion.easing,
        easeOut: motion.easing,
        easeIn: motion.easing,
        sharp: motion.easing,
      },
    },
  });
}

/** Both themes, made once. */
export const consoleThemes: Readonly<Record<Scheme, Theme>> = {
  light: createConsoleTheme('light'),
  dark: createConsoleTheme('dark'),
};
