import type { ButtonHTMLAttributes } from 'react';
import { Link, type LinkProps } from 'react-router';
import styles from './Button.module.css';

type Kind = 'primary' | 'secondary' | 'quiet' | 'danger';

/** Props of a button: the native ones, how loud it is, and whether its work is under way. */
export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: Kind;
  small?: boolean;
  /**
   * Work is under way: another click does nothing. The button stays focusable, so that keyboard and screen reader
   * users do not lose their place as they would with `disabled`.
   */
  busy?: boolean;
}

/** The one button of the portal. */
export function Button({ kind = 'secondary', small, busy, className, onClick, ...rest }: ButtonProps) {
  const classes = [styles.button, styles[kind], small && styles.small, className].filter(Boolean).join(' ');
  return (
    <button
      type="button"
      {...rest}
      className={classes}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    />
  );
}

/** A link that is the next step of its place, and therefore looks like the button. */
export function ButtonLink({ kind = 'primary', ...rest }: LinkProps & { kind?: Kind }) {
  return <Link {...rest} className={`${styles.button} ${styles[kind]}`} />;
}
