import { useId } from 'react';
import styles from './Segments.module.css';

/** Props of a choice between a few things. */
export interface SegmentsProps<Value extends string> {
  legend: string;
  options: Readonly<Record<Value, string>>;
  value: Value;
  onChoose: (value: Value) => void;
  /** Languages are named in themselves; this says which each is, for whoever reads it out. */
  areLanguages?: boolean;
}

/** A choice between a few things side by side: radio buttons underneath, so arrow keys work. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { legend, options, value, onChoose, areLanguages } = props;
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      <div className={styles.segments}>
        {(Object.entries(options) as [Value, string][]).map(([option, label]) => (
          <label key={option} lang={areLanguages ? option : undefined}>
            <input type="radio" name={name} checked={value === option} onChange={() => onChoose(option)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
