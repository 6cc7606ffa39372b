import { createContext, type ReactNode, use, useCallback, useEffect, useState } from 'react';
import { useMessages } from '../messages/messages.tsx';
import { Icon } from './Icon.tsx';
import styles from './Toasts.module.css';

/** One piece of news that needs no answer. */
export interface Toast {
  readonly tone: 'info' | 'success' | 'warning' | 'danger';
  readonly text: string;
}

interface ShownToast extends Toast {
  readonly id: number;
}

const ToastContext = createContext<((toast: Toast) => void) | undefined>(undefined);
const longEnoughToRead = 9_000;
const most = 3;
let lastId = 0;

/** Shows a toast from anywhere below the provider. */
export function useToast(): (toast: Toast) => void {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast needs a ToastProvider above it');
  return show;
}

/** The corner where news appears, read out politely, newest last. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const show = useCallback((toast: Toast) => {
    lastId += 1;
    const shown = { ...toast, id: lastId };
    setToasts((before) => [...before.slice(1 - most), shown]);
  }, []);
  const drop = useCallback(
    (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id)),
    [],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.corner} role="status" aria-live="polite" aria-atomic="false">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onDrop={drop} />
        ))}
      </div>
    </ToastContext>
  );
}

function ToastCard({ toast, onDrop }: { toast: ShownToast; onDrop: (id: number) => void }) {
  const { common } = useMessages();
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => onDrop(toast.id), longEnoughToRead);
    return () => clearTimeout(timer);
  }, [isHeld, toast.id, onDrop]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a toast that is being read only waits; nothing to operate
    <div
      className={`${styles.toast} ${styles[toast.tone]}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={toast.tone === 'success' ? 'check' : toast.tone === 'info' ? 'info' : 'alert'} />
      <p>{toast.text}</p>
      <button type="button" aria-label={common.close} onClick={() => onDrop(toast.id)}>
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
