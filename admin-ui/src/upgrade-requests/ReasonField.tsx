import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { type KeyboardEvent, type Ref, useId } from 'react';
import { FieldLabel } from '../components/FieldLabel.tsx';
import { consoleTexts } from '../i18n/console.en.ts';
import { useText } from '../i18n/use-text.ts';
import { countCharacters, REASON_MAX, REASON_MIN, type ReasonProblem } from './decision-rules.ts';

type Preset = keyof typeof consoleTexts.presets;
const presets = Object.keys(consoleTexts.presets) as Preset[];

interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (reason: string) => void;
  /** What to complain about, if anything. */
  readonly problem: ReasonProblem | undefined;
  readonly fieldRef: Ref<HTMLTextAreaElement>;
  /** Shown, but not to be changed; it keeps the focus, so that letters typed on go nowhere else. */
  readonly isLocked?: boolean;
  readonly hasPresets?: boolean;
  readonly opensFocused?: boolean;
}

/** The reason the vendor will read, with a start for the usual ones. */
export function ReasonField({
  value,
  onChange,
  problem,
  fieldRef,
  isLocked = false,
  hasPresets = true,
  opensFocused = false,
}: ReasonFieldProps) {
  const text = useText();
  const ids = { field: useId(), hint: useId(), count: useId() };
  const length = countCharacters(value);
  return (
    <>
      <Box>
        <FieldLabel htmlFor={ids.field}>{text('decision.reasonLabel')}</FieldLabel>
        <OutlinedInput
          id={ids.field}
          inputRef={fieldRef}
          multiline
          minRows={4}
          maxRows={12}
          fullWidth
          value={value}
          error={problem !== undefined}
          readOnly={isLocked}
          autoFocus={opensFocused}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            const preset = isLocked ? undefined : presetOf(event);
            if (!preset) return;
            event.preventDefault();
            onChange(text(`presets.${preset}.text`));
          }}
          inputProps={{
            'aria-disabled': isLocked,
            'aria-describedby': `${ids.hint} ${ids.count}`,
            'aria-invalid': problem !== undefined,
          }}
        />
        <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 3, mt: 1, fontSize: '0.75rem' }}>
          <Box
            id={ids.hint}
            sx={{ color: problem ? 'error.main' : 'text.secondary' }}
            role={problem ? 'alert' : undefined}
          >
            {problem === 'too-short' && text('decision.reasonTooShort', { min: REASON_MIN })}
            {problem === 'too-long' && text('decision.reasonTooLong', { max: REASON_MAX })}
            {!problem && text('decision.reasonHint')}
          </Box>
          <Box
            id={ids.count}
            sx={{
              flex: 'none',
              color: length > REASON_MAX ? 'error.main' : 'text.secondary',
              fontVariantNumeric: 'tabular-nums',
            }}
          >
            {text('decision.count', { count: length, max: REASON_MAX })}
          </Box>
        </Box>
      </Box>
      <Box
        role="group"
        aria-label={text('decision.presets')}
        sx={{ display: hasPresets ? 'flex' : 'none', flexWrap: 'wrap', gap: '6px' }}
      >
        {presets.map((preset, index) => (
          <Button
            disabled={isLocked}
            title={`Alt+${index + 1}`}
            aria-keyshortcuts={`Alt+${index + 1}`}
            key={preset}
            size="small"
            sx={{
              minHeight: 26,
              px: '10px',
              borderRadius: '13px',
              fontSize: '0.75rem',
              color: 'text.secondary',
            }}
            onClick={() => onChange(text(`presets.${preset}.text`))}
          >
            {text(`presets.${preset}.label`)}
          </Button>
        ))}
      </Box>
    </>
  );
}

/** The start that Alt and a digit stand for. By the key's place: with Alt it may write anything. */
function presetOf(event: KeyboardEvent): Preset | undefined {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  return event.altKey && !event.ctrlKey && !event.metaKey && digit ? presets[Number(digit) - 1] : undefined;
}
