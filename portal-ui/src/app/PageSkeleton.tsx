import { Logo } from '../components/Logo.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { useMessages } from '../messages/messages.tsx';
import styles from './Page.module.css';

/** The page in outline while the session is taken up: the same header, so that nothing jumps when it is there. */
export function PageSkeleton() {
  const { brand, common } = useMessages();
  return (
    <>
      <header className={styles.header}>
        <div className={styles.bar}>
          <span className={styles.brand}>
            <Logo />
            {brand}
          </span>
        </div>
      </header>
      <main className={styles.main} aria-busy="true" aria-label={common.loading}>
        <DashboardSkeleton />
      </main>
    </>
  );
}

/** The dashboard in outline. */
export function DashboardSkeleton() {
  return (
    <>
      <Skeleton shape="title" />
      <Skeleton shape="card" />
      <Skeleton shape="card" />
      <Skeleton shape="row" />
      <Skeleton shape="row" />
    </>
  );
}

/** A page of cards or rows in outline. */
export function ListSkeleton() {
  return (
    <>
      <Skeleton shape="title" />
      <Skeleton shape="row" />
      <Skeleton shape="row" />
      <Skeleton shape="row" />
    </>
  );
}
