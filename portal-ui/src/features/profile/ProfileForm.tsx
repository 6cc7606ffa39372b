import { useMutation } from '@apollo/client/react';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { EmailField } from '../../components/EmailField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useToast } from '../../components/Toasts.tsx';
import { graphql } from '../../gql/gql.ts';
import type { ProfileVendorFragment } from '../../gql/graphql.ts';
import { toProblem } from '../../lib/graphql/problem.ts';
import { problemText } from '../../lib/problem-text.ts';
import { countCharacters, hasUnstorable, looksLikeEmail } from '../../lib/text-rules.ts';
import { useKeptForm } from '../../lib/use-kept-form.ts';
import type { Messages } from '../../messages/en.ts';
import { useMessages } from '../../messages/messages.tsx';
import { useSessionUser } from '../../session/SessionProvider.tsx';
import styles from './ProfileForm.module.css';

/** What the profile shows of the vendor. */
export const ProfileVendorDocument = graphql(`
  fragment ProfileVendor on vendors {
    id
    name
    slug
    email
    tier
    created_at
  }
`);

const SaveDocument = graphql(`
  mutation SaveProfile($id: uuid!, $changes: vendors_set_input!) {
    update_vendors_by_pk(pk_columns: { id: $id }, _set: $changes) {
      ...ProfileVendor
    }
  }
`);

type Field = 'name' | 'email';

/** The vendor's name and the address where people reach it. */
export function ProfileForm({ vendor }: { vendor: ProfileVendorFragment }) {
  const messages = useMessages();
  const { profile, common } = messages;
  const user = useSessionUser();
  const toast = useToast();
  const [save, { loading }] = useMutation(SaveDocument);
  const { values, set, discard, isChanged } = useKeptForm<Field>(`tierline:portal:profile:${user.id}`, {
    name: vendor.name,
    email: vendor.email,
  });
  const [isChecked, setChecked] = useState(false);
  const [formProblem, setFormProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const problems = isChecked ? check(values, messages) : {};

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (loading) return;
    setChecked(true);
    setFormProblem(undefined);
    const wrong = check(values, messages);
    const first = wrong.name ? 'name' : wrong.email ? 'email' : undefined;
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    try {
      const changes = { name: values.name.trim(), email: values.email.trim() };
      await save({ variables: { id: vendor.id, changes } });
      discard();
      setChecked(false);
      toast({ tone: 'success', text: profile.saved });
    } catch (error) {
      setFormProblem(problemText(toProblem(error), messages));
    }
  }

  return (
    <form ref={form} className={styles.form} noValidate onSubmit={submit}>
      <TextField
        name="name"
        label={profile.name}
        autoComplete="organization"
        required
        value={values.name}
        problem={problems.name}
        onChange={(event) => set('name', event.target.value)}
      />
      <EmailField
        label={profile.email}
        hint={profile.emailHint(user.email)}
        autoComplete="email"
        value={values.email}
        problem={problems.email}
        onChange={(event) => set('email', event.target.value)}
      />
      {formProblem && (
        <Notice tone="danger" role="alert">
          {formProblem}
        </Notice>
      )}
      <div className={styles.actions}>
        <p className={styles.state} aria-live="polite">
          {isChanged && profile.unsaved}
        </p>
        {isChanged && (
          <Button
            onClick={() => {
              discard();
              setChecked(false);
            }}
          >
            {profile.discard}
          </Button>
        )}
        <Button kind="primary" type="submit" busy={loading}>
          {loading ? common.saving : common.save}
        </Button>
      </div>
    </form>
  );
}

function check(
  { name, email }: Record<Field, string>,
  { profile, locations }: Messages,
): Partial<Record<Field, string>> {
  const text = name.trim();
  const nameProblem =
    text === ''
      ? profile.missingName
      : hasUnstorable(text)
        ? locations.invalidText
        : countCharacters(text) > 200
          ? profile.longName
          : undefined;
  const emailProblem = looksLikeEmail(email.trim()) && !hasUnstorable(email) ? undefined : profile.badEmail;
  return {
    ...(nameProblem ? { name: nameProblem } : {}),
    ...(emailProblem ? { email: emailProblem } : {}),
  };
}
