import { type Ref, useId } from 'react';
import fieldStyles from '../../components/Field.module.css';
import { Icon } from '../../components/Icon.tsx';
import type { Messages } from '../../messages/en.ts';
import { useMessages } from '../../messages/messages.tsx';
import styles from './JustificationField.module.css';
import { type Justification, justificationBounds } from './justification.ts';

/** Props of the field for the reasons. */
export interface JustificationFieldProps {
  value: string;
  justification: Justification;
  /** Problems are shown as such from here on; before, the counter only helps. */
  isChecked: boolean;
  /** What the server said of the text. */
  problem: string | undefined;
  /** The text is stored on this device. */
  isKept: boolean;
  onChange: (value: string) => void;
  onLeave: () => void;
  ref: Ref<HTMLTextAreaElement>;
}

/** The reasons, with a counter that says what is still missing and hints at what a reviewer looks for. */
export function JustificationField(props: JustificationFieldProps) {
  const { value, justification, isChecked, isKept, onChange, onLeave, ref } = props;
  const { dialog } = useMessages();
  const id = useId();
  const own =
    isChecked || justification.problem === 'too-long' ? ownProblem(justification, dialog) : undefined;
  const problem = props.problem ?? own;
  return (
    <div className={fieldStyles.field}>
      <label className={styles.label} htmlFor={id}>
        {dialog.justification}
      </label>
      <div className={styles.hints} id={`${id}-hints`}>
        <p>{dialog.hintsTitle}</p>
        <ul>
          {dialog.hints.map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ul>
      </div>
      <textarea
        ref={ref}
        id={id}
        className={`${fieldStyles.input} ${styles.textarea}`}
        rows={6}
        required
        placeholder={dialog.placeholder}
        value={value}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-problem ${id}-count ${id}-hints`}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
      />
      <div className={styles.below}>
        <p
          id={`${id}-problem`}
          className={problem ? fieldStyles.problem : fieldStyles.hint}
          aria-live="polite"
        >
          {problem ? (
            <>
              <Icon name="alert" size={16} />
              {problem}
            </>
          ) : (
            stateText(justification, dialog)
          )}
        </p>
        <p id={`${id}-count`} className={styles.count}>
          {dialog.counter(justification.length, justificationBounds.max)}
        </p>
      </div>
      <Progress justification={justification} />
      <p className={styles.kept} aria-live="polite">
        {isKept && (
          <>
            <Icon name="tick" size={16} />
            {dialog.draftSaved}
          </>
        )}
      </p>
    </div>
  );
}

/** How far the text is from being long enough; the words beside it say the same. */
function Progress({ justification }: { justification: Justification }) {
  const share = Math.min(1, justification.length / justificationBounds.min);
  const isFull = justification.problem === undefined;
  return (
    <div className={styles.progress} aria-hidden="true">
      <div
        className={justification.problem === 'too-long' ? styles.over : isFull ? styles.enough : ''}
        style={{ width: `${share * 100}%` }}
      />
    </div>
  );
}

function ownProblem({ problem, length }: Justification, dialog: Messages['dialog']): string | undefined {
  switch (problem) {
    case 'empty':
      return dialog.empty;
    case 'too-short':
      return dialog.needMore(justificationBounds.min - length);
    case 'too-long':
      return dialog.tooMany(length - justificationBounds.max);
    case 'invalid-characters':
      return dialog.invalidText;
    case undefined:
      return undefined;
  }
}

function stateText({ problem, length }: Justification, dialog: Messages['dialog']): string {
  return problem === undefined ? dialog.enough : dialog.needMore(justificationBounds.min - length);
}
