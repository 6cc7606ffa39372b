import styles from './Skeleton.module.css';

/** A grey shape where content is about to be. It shows only once waiting has taken a moment. */
export function Skeleton({ shape }: { shape: 'title' | 'card' | 'row' | 'line' }) {
  return <div aria-hidden="true" className={`${styles.skeleton} ${styles[shape]}`} />;
}
