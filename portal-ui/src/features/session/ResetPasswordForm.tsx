import { useRef, useState } from 'react';
import { PasswordField } from '../../components/PasswordField.tsx';
import { problemOf } from '../../lib/api-error.ts';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';
import { resetPassword } from '../../session/auth-api.ts';
import { FrontDoorForm } from './FrontDoorForm.tsx';
import { newPasswordProblem } from './new-password.ts';

/** Props of the form that a mailed link leads to. */
export interface ResetPasswordFormProps {
  token: string;
  onDone: () => void;
  /** The link was used, is too old, or is not complete; `isInDoubt` when an answer of ours was lost before. */
  onDead: (isInDoubt: boolean) => void;
}

/** Sets a password with the token of a link. The link is used up by sending the form, never by opening the page. */
export function ResetPasswordForm({ token, onDone, onDead }: ResetPasswordFormProps) {
  const messages = useMessages();
  const { password } = messages;
  const [typed, setTyped] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [formProblem, setFormProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  const isInDoubt = useRef(false);
  const problem = newPasswordProblem(typed, messages);

  async function submit() {
    setChecked(true);
    setFormProblem(undefined);
    if (problem) return input.current?.focus();
    setBusy(true);
    try {
      await resetPassword(token, typed);
      onDone();
    } catch (error) {
      const refused = problemOf(error);
      if (refused.code === 'UNAUTHORIZED') return onDead(isInDoubt.current);
      isInDoubt.current ||= refused.code === 'NETWORK';
      setFormProblem(problemText(refused, messages));
    } finally {
      setBusy(false);
    }
  }

  return (
    <FrontDoorForm
      problem={formProblem}
      busy={busy}
      action={password.set}
      busyAction={password.setting}
      onSubmit={submit}
    >
      <PasswordField
        ref={input}
        label={password.newPassword}
        name="new-password"
        autoComplete="new-password"
        hint={password.rule}
        problem={isChecked ? problem : undefined}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </FrontDoorForm>
  );
}
