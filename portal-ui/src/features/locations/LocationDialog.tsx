import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { DialogActions } from '../../components/DialogActions.tsx';
import { Notice } from '../../components/Notice.tsx';
import { TextField } from '../../components/TextField.tsx';
import { problemText } from '../../lib/problem-text.ts';
import { useKeptForm } from '../../lib/use-kept-form.ts';
import { useMessages } from '../../messages/messages.tsx';
import styles from './LocationDialog.module.css';
import {
  type Location,
  type LocationField,
  type LocationTexts,
  locationFields,
  locationProblems,
  trimmed,
} from './location.ts';
import { useLocationChanges } from './useLocationChanges.ts';

/** Props of the form of a location. */
export interface LocationDialogProps {
  userId: string;
  /** The one to edit; undefined for a new one. */
  location: Location | undefined;
  knownIds: readonly string[];
  /** Said above a new one: that its place is the last, or that it is gone. */
  warning: string | undefined;
  /** No place is left for a new one. */
  isFull: boolean;
  onClose: () => void;
  onSaved: (name: string) => void;
}

const nothing: LocationTexts = { name: '', address: '', city: '', country: '' };
const autoComplete: Readonly<Record<LocationField, string>> = {
  name: 'off',
  address: 'street-address',
  city: 'address-level2',
  country: 'country-name',
};

/** Adds a location or edits one. What is typed is kept until it is saved or thrown away. */
export function LocationDialog(props: LocationDialogProps) {
  const { userId, location, knownIds, warning, isFull, onClose, onSaved } = props;
  const messages = useMessages();
  const { locations, common } = messages;
  const start = location ? trimmed(location) : nothing;
  const { values, set, discard, wasKept } = useKeptForm(
    `tierline:portal:location:${userId}:${location?.id ?? 'new'}`,
    start,
  );
  const [isChecked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [formProblem, setFormProblem] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const { add, edit } = useLocationChanges(knownIds);
  const problems = isChecked ? locationProblems(values, messages) : {};

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    setFormProblem(undefined);
    const wrong = locationProblems(values, messages);
    const first = locationFields.find((field) => wrong[field]);
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    setBusy(true);
    const texts = trimmed(values);
    const outcome = await (location ? edit(location.id, texts) : add(texts));
    setBusy(false);
    if (!outcome) return;
    if (outcome.done) {
      discard();
      onSaved(texts.name);
    } else setFormProblem(outcome.gone ? locations.gone : problemText(outcome.problem, messages));
  }

  function cancel() {
    discard();
    onClose();
  }

  return (
    <Dialog title={location ? locations.editTitle : locations.addTitle} onClose={onClose} size="medium">
      <form ref={form} className={styles.form} noValidate onSubmit={submit}>
        {/* Not while it is being added: then the place may well be taken by this very one. */}
        {warning && !location && !busy && (
          <Notice tone="warning" role={isFull ? 'alert' : undefined}>
            {warning}
          </Notice>
        )}
        {wasKept && (
          <Notice tone="info" icon="note">
            {locations.draftKept}
          </Notice>
        )}
        {locationFields.map((field) => (
          <TextField
            key={field}
            name={field}
            label={locations[field]}
            hint={field === 'name' ? locations.nameHint : undefined}
            autoComplete={autoComplete[field]}
            required
            data-autofocus={field === 'name' || undefined}
            value={values[field]}
            problem={problems[field]}
            onChange={(event) => set(field, event.target.value)}
          />
        ))}
        {formProblem && (
          <Notice tone="danger" role="alert">
            {formProblem}
          </Notice>
        )}
        <DialogActions>
          <Button onClick={cancel}>{common.cancel}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {busy ? common.saving : location ? common.save : locations.add}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
