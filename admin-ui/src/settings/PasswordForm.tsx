import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import OutlinedInput from '@mui/material/OutlinedInput';
import { useNotify } from 'ra-core';
import { type FormEvent, useId, useState } from 'react';
import { Notice } from '../components/Notice.tsx';
import { type TextKey, useText } from '../i18n/use-text.ts';
import { useLeaveWarning } from '../preferences/useDraft.ts';
import { session } from '../session/current-session.ts';
import {
  checkNewPassword,
  PASSWORD_MAX,
  PASSWORD_MIN,
  type PasswordProblem,
} from '../session/password-rules.ts';
import type { PasswordFailure } from '../session/types.ts';

const empty = { current: '', next: '', repeat: '' };

const problems: Readonly<Record<PasswordProblem, TextKey>> = {
  'too-short': 'settings.tooShort',
  'too-long': 'settings.tooLong',
  different: 'settings.different',
};

/** Changes the password. Every other session ends with it; this one goes on. */
export function PasswordForm() {
  const text = useText();
  const notify = useNotify();
  const [values, setValues] = useState(empty);
  const [isTold, setIsTold] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<PasswordFailure>();
  const problem = checkNewPassword(values.next, values.repeat);
  const isMissing = values.current === '';
  // A password is kept nowhere, so what was typed of it goes with the page.
  useLeaveWarning(Object.values(values).some((value) => value !== ''));

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsTold(true);
    if (isBusy || isMissing || problem) return;
    setIsBusy(true);
    setFailure(undefined);
    const result = await session.changePassword(values.current, values.next);
    setIsBusy(false);
    if (!result.ok) return setFailure(result);
    setValues(empty);
    setIsTold(false);
    notify(text('settings.passwordChanged'), { type: 'success' });
  }

  const field = (name: keyof typeof empty, label: TextKey, complaint?: TextKey) => (
    <Field
      label={text(label)}
      value={values[name]}
      autoComplete={name === 'current' ? 'current-password' : 'new-password'}
      onChange={(value) => setValues({ ...values, [name]: value })}
      {...(complaint && isTold && { complaint: text(complaint, { min: PASSWORD_MIN, max: PASSWORD_MAX }) })}
      {...(name === 'next' && { hint: text('settings.rule', { min: PASSWORD_MIN }) })}
    />
  );

  return (
    <Box component="form" noValidate onSubmit={submit} sx={{ display: 'grid', gap: 3, maxWidth: 380 }}>
      {field('current', 'settings.currentPassword', isMissing ? 'settings.missing' : undefined)}
      {field(
        'next',
        'settings.newPassword',
        problem && problem !== 'different' ? problems[problem] : undefined,
      )}
      {field('repeat', 'settings.repeat', problem === 'different' ? problems.different : undefined)}
      {failure && (
        <Notice kind="danger" role="alert">
          {text(`settings.failures.${failure.problem}`, { message: failure.message ?? '' })}
        </Notice>
      )}
      <Box>
        <Button type="submit" variant="contained" color="primary" disabled={isBusy}>
          {text(isBusy ? 'confirm.busy' : 'settings.change')}
        </Button>
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>{text('settings.changeHint')}</Box>
    </Box>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly autoComplete: string;
  readonly complaint?: string;
  readonly hint?: string;
  readonly onChange: (value: string) => void;
}

function Field({ label, value, autoComplete, complaint, hint, onChange }: FieldProps) {
  const ids = { input: useId(), note: useId() };
  const note = complaint ?? hint;
  return (
    <div>
      <Box component="label" htmlFor={ids.input} sx={{ display: 'block', mb: 1, fontWeight: 500 }}>
        {label}
      </Box>
      <OutlinedInput
        id={ids.input}
        type="password"
        fullWidth
        value={value}
        error={complaint !== undefined}
        autoComplete={autoComplete}
        onChange={(event) => onChange(event.target.value)}
        inputProps={{ 'aria-describedby': note ? ids.note : undefined }}
      />
      {note && (
        <Box
          id={ids.note}
          sx={{ mt: 1, fontSize: '0.75rem', color: complaint ? 'error.main' : 'text.secondary' }}
        >
          {note}
        </Box>
      )}
    </div>
  );
}
