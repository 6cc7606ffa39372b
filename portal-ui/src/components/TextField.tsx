import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import fieldStyles from './Field.module.css';
import { Icon } from './Icon.tsx';
import styles from './TextField.module.css';

/** Props of a text field: the native ones, its label, a hint and what is wrong with it. */
export interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  /** What to enter, shown for as long as nothing is wrong. */
  hint?: string;
  problem?: string;
  /** A control inside the field, at its end. */
  end?: ReactNode;
  ref?: Ref<HTMLInputElement>;
}

/** A labelled input that says right below what it wants, or what is wrong with it. */
export function TextField({ label, hint, problem, end, ...input }: TextFieldProps) {
  const id = useId();
  return (
    <div className={fieldStyles.field}>
      <label className={fieldStyles.label} htmlFor={id}>
        {label}
      </label>
      <div className={styles.box}>
        <input
          id={id}
          {...input}
          className={fieldStyles.input}
          aria-invalid={problem ? true : undefined}
          aria-describedby={(problem ?? hint) ? `${id}-note` : undefined}
        />
        {end}
      </div>
      {(problem ?? hint) && (
        <p id={`${id}-note`} className={problem ? fieldStyles.problem : fieldStyles.hint}>
          {problem && <Icon name="alert" size={16} />}
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}
