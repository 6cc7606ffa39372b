import { useRef, useState } from 'react';
import { EmailField } from '../../components/EmailField.tsx';
import { problemOf } from '../../lib/api-error.ts';
import { problemText } from '../../lib/problem-text.ts';
import { useMessages } from '../../messages/messages.tsx';
import { requestPasswordReset } from '../../session/auth-api.ts';
import { emailProblem } from './email-problem.ts';
import { FrontDoorForm } from './FrontDoorForm.tsx';

/** Asks for a link by mail. The answer is the same for every address, known or not. */
export function ForgotPasswordForm({ onSent }: { onSent: (address: string) => void }) {
  const messages = useMessages();
  const { password, login } = messages;
  const [email, setEmail] = useState('');
  const [busy, setBusy] = useState(false);
  const [fieldProblem, setFieldProblem] = useState<string>();
  const [formProblem, setFormProblem] = useState<string>();
  const input = useRef<HTMLInputElement>(null);

  async function submit() {
    const found = emailProblem(email, messages);
    setFieldProblem(found);
    setFormProblem(undefined);
    if (found) return input.current?.focus();
    setBusy(true);
    try {
      await requestPasswordReset(email.trim());
      onSent(email.trim());
    } catch (error) {
      setFormProblem(problemText(problemOf(error), messages));
      setBusy(false);
    }
  }

  return (
    <FrontDoorForm
      problem={formProblem}
      busy={busy}
      action={password.send}
      busyAction={password.sending}
      onSubmit={submit}
    >
      <EmailField
        ref={input}
        label={login.email}
        value={email}
        problem={fieldProblem}
        onChange={(event) => setEmail(event.target.value)}
      />
    </FrontDoorForm>
  );
}
