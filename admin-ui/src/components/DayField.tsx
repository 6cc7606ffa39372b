import OutlinedInput from '@mui/material/OutlinedInput';
import type { SxProps, Theme } from '@mui/material/styles';
import { useEffect, useState } from 'react';
import { isDay } from '../format/day.ts';

interface DayFieldProps {
  readonly id?: string;
  readonly label?: string;
  /** `2026-05-03`, or undefined for none. */
  readonly value: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  readonly onChange: (day: string | undefined) => void;
  readonly sx?: SxProps<Theme>;
}

/**
 * A day, picked or typed. While it is being typed the browser reports days of the years 2, 20 and 202: those are kept in
 * the field and applied to nothing, so that the next key finds the field as the last one left it.
 */
export function DayField({ id, label, value, min, max, onChange, sx }: DayFieldProps) {
  const [typed, setTyped] = useState(value ?? '');
  useEffect(() => setTyped(value ?? ''), [value]);
  return (
    <OutlinedInput
      {...(id && { id })}
      type="date"
      fullWidth
      value={typed}
      onChange={(event) => {
        const day = event.target.value;
        setTyped(day);
        if (isDay(day)) onChange(day);
        // Empty and complete: taken away. Empty and half typed: still to come.
        else if (day === '' && !event.target.validity.badInput) onChange(undefined);
      }}
      onBlur={() => {
        if (typed !== '' && !isDay(typed)) setTyped(value ?? '');
      }}
      inputProps={{ min, max, 'aria-label': label }}
      sx={[
        { '& input': { px: '8px' }, '& input::-webkit-calendar-picker-indicator': { ml: 0 } },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    />
  );
}
