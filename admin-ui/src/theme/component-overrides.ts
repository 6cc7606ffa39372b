import type { ThemeOptions } from '@mui/material/styles';
import { type ColorTokens, radii, shadows } from '@tierline/design';

const CONTROL_HEIGHT = 32;

/** How MUI's components are drawn: flat, hairlines instead of shadows, 32 px controls, a focus ring on everything. */
export function componentOverrides(color: ColorTokens): NonNullable<ThemeOptions['components']> {
  const ring = { outline: `2px solid ${color.focusRing}`, outlineOffset: 2 };
  return {
    MuiButtonBase: {
      defaultProps: { disableRipple: true },
      styleOverrides: { root: { '&:focus-visible': ring } },
    },
    MuiButton: {
      defaultProps: { disableElevation: true, variant: 'outlined', color: 'inherit' },
      styleOverrides: {
        root: {
          minHeight: CONTROL_HEIGHT,
          padding: '4px 12px',
          lineHeight: 1.5,
          whiteSpace: 'nowrap',
          '&.Mui-disabled': { opacity: 0.6 },
        },
        outlined: {
          borderColor: color.border,
          backgroundColor: color.surface,
          color: color.text,
          boxShadow: shadows.light.sm,
          '&:hover': { backgroundColor: color.surfaceHover, borderColor: color.borderStrong },
        },
        text: {
          color: color.textMuted,
          '&:hover': { backgroundColor: color.surfaceHover, color: color.text },
        },
        contained: { '&.Mui-disabled': { color: color.onAccent, backgroundColor: color.accent } },
        sizeLarge: { minHeight: 40, fontSize: '0.875rem' },
        startIcon: { marginRight: 6, marginLeft: -2 },
      },
    },
    MuiIconButton: {
      styleOverrides: {
        root: {
          width: CONTROL_HEIGHT,
          height: CONTROL_HEIGHT,
          borderRadius: radii.md,
          color: color.textMuted,
          '&:hover': { backgroundColor: color.surfaceHover, color: color.text },
        },
      },
    },
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: { root: { backgroundImage: 'none' }, outlined: { borderColor: color.border } },
    },
    MuiCard: {
      defaultProps: { variant: 'outlined' },
      styleOverrides: { root: { borderRadius: radii.lg } },
    },
    MuiTooltip: {
      defaultProps: { enterDelay: 400, arrow: false },
      styleOverrides: {
        tooltip: {
          backgroundColor: color.text,
          color: color.surface,
          fontSize: '0.75rem',
          padding: '4px 8px',
        },
      },
    },
    MuiMenu: {
      styleOverrides: {
        paper: {
          marginTop: 4,
          minWidth: 200,
          backgroundColor: color.surfaceRaised,
          border: `1px solid ${color.border}`,
          borderRadius: radii.lg,
        },
        list: { padding: 4 },
      },
    },
    MuiMenuItem: {
      styleOverrides: {
        root: {
          minHeight: CONTROL_HEIGHT,
          gap: 8,
          padding: '4px 10px',
          borderRadius: radii.sm,
          fontSize: '0.875rem',
          '&.Mui-selected, &.Mui-selected:hover': { backgroundColor: color.surfaceSelected },
        },
      },
    },
    MuiDialog: {
      styleOverrides: {
        paper: {
          backgroundColor: color.surfaceRaised,
          border: `1px solid ${color.border}`,
          borderRadius: radii.xl,
        },
      },
    },
    MuiBackdrop: {
      styleOverrides: { root: { '&:not(.MuiBackdrop-invisible)': { backgroundColor: color.scrim } } },
    },
    MuiOutlinedInput: {
      defaultProps: { notched: false },
      styleOverrides: {
        root: {
          backgroundColor: color.surface,
          fontSize: '0.875rem',
          '& .MuiOutlinedInput-notchedOutline': { borderColor: color.borderStrong },
          '&:hover .MuiOutlinedInput-notchedOutline': { borderColor: color.textFaint },
          '&.Mui-focused .MuiOutlinedInput-notchedOutline': { borderColor: color.focusRing, borderWidth: 2 },
        },
        input: { height: CONTROL_HEIGHT, boxSizing: 'border-box', padding: '4px 10px' },
        inputMultiline: { height: 'auto', padding: 0 },
        multiline: { padding: '8px 10px' },
      },
    },
    MuiSelect: {
      styleOverrides: {
        select: { '&&': { display: 'flex', alignItems: 'center', height: CONTROL_HEIGHT, minHeight: 0 } },
      },
    },
    MuiInputBase: {
      styleOverrides: { input: { '&::placeholder': { color: color.textFaint, opacity: 1 } } },
    },
    MuiTableCell: {
      styleOverrides: {
        root: { borderBottomColor: color.border, fontSize: '0.875rem', fontVariantNumeric: 'tabular-nums' },
        head: {
          backgroundColor: color.surface,
          color: color.textMuted,
          fontSize: '0.75rem',
          fontWeight: 500,
          lineHeight: '20px',
          whiteSpace: 'nowrap',
        },
        sizeSmall: { padding: '7px 12px' },
      },
    },
    MuiCheckbox: {
      styleOverrides: {
        root: {
          padding: 6,
          color: color.borderStrong,
          // The box that has the focus is an invisible one on top of what is drawn.
          '&:has(input:focus-visible)': {
            outline: `2px solid ${color.focusRing}`,
            outlineOffset: -3,
            borderRadius: 8,
          },
        },
      },
    },
    MuiSwitch: {
      styleOverrides: {
        thumb: {
          border: `1px solid ${color.borderStrong}`,
          backgroundColor: color.onAccent,
          boxShadow: 'none',
        },
        switchBase: { '&.Mui-checked + .MuiSwitch-track': { opacity: 1 } },
        track: { opacity: 1, backgroundColor: color.borderStrong },
      },
    },
    MuiTableRow: {
      styleOverrides: {
        root: {
          '&.MuiTableRow-hover:hover': { backgroundColor: color.surfaceHover },
          '&:last-of-type > .MuiTableCell-body': { borderBottom: 0 },
        },
      },
    },
    MuiTableSortLabel: {
      styleOverrides: {
        root: { verticalAlign: 'baseline', '&.Mui-active': { color: color.text }, '&:focus-visible': ring },
      },
    },
    MuiSkeleton: {
      defaultProps: { animation: 'pulse' },
      styleOverrides: { root: { backgroundColor: color.skeleton, borderRadius: radii.sm } },
    },
    MuiSnackbarContent: {
      styleOverrides: {
        root: {
          backgroundColor: color.text,
          color: color.surface,
          borderRadius: radii.lg,
          fontSize: '0.875rem',
          '&.RaNotification-error, &.RaNotification-warning, &.RaNotification-success': {
            backgroundColor: color.text,
            color: color.surface,
          },
        },
      },
    },
    MuiLink: {
      defaultProps: { underline: 'hover' },
      styleOverrides: { root: { color: color.accentText } },
    },
  };
}
