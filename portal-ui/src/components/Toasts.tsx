import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useMessages } from '../messages/messages.tsx';
import { Icon } from './Icon.tsx';
import { useIsDialogOpen } from './open-dialogs.ts';
import styles from './Toasts.module.css';
import { useSideAwayFromFocus } from './use-side-away-from-focus.ts';

/** One piece of news that needs no answer. */
export interface Toast {
  readonly tone: 'info' | 'success' | 'warning' | 'danger';
  readonly text: string;
}

interface ShownToast extends Toast {
  readonly id: number;
  /** It came while a dialog lay over the page, so nobody has seen it or heard it read out. */
  readonly isUnseen: boolean;
}

const ToastContext = createContext<((toast: Toast) => void) | undefined>(undefined);
/** More than these are no news any more; the bell keeps what matters. */
const most = 6;
let lastId = 0;

/** Long enough to notice it, and to read it slowly. */
function timeToRead(text: string): number {
  return Math.min(20_000, 6_000 + 60 * text.length);
}

/** How many lie side by side with the page and leave it usable: on a phone a single one. */
function roomOfWindow(): number {
  return innerWidth <= 700 || innerHeight <= 500 ? 1 : 3;
}

function watchWindow(listener: () => void): () => void {
  addEventListener('resize', listener);
  return () => removeEventListener('resize', listener);
}

/** Shows a toast from anywhere below the provider. */
export function useToast(): (toast: Toast) => void {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast needs a ToastProvider above it');
  return show;
}

/**
 * The corner where news appears and is read out politely, the newest on top. What the window has no room for is folded
 * away until the newer has gone, and what comes while a dialog is open waits for its end.
 */
export function ToastProvider({ children }: { children: ReactNode }) {
  const isDialogOpen = useIsDialogOpen();
  const room = useSyncExternalStore(watchWindow, roomOfWindow);
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const show = useCallback((toast: Toast) => {
    lastId += 1;
    const shown = { ...toast, id: lastId, isUnseen: true };
    setToasts((before) => [shown, ...before].slice(0, most));
  }, []);
  const drop = useCallback(
    (id: number) => setToasts((before) => before.filter((toast) => toast.id !== id)),
    [],
  );
  useEffect(() => {
    if (isDialogOpen || !toasts.some(({ isUnseen }) => isUnseen)) return;
    setToasts((before) => before.map((toast) => ({ ...toast, isUnseen: false })));
  }, [isDialogOpen, toasts]);

  const shown = toasts.filter(({ isUnseen }) => !isUnseen);
  const { side, corner } = useSideAwayFromFocus(shown.length);
  // Where the reader was before, and is to be again once the toast they closed has gone.
  const cameFrom = useRef<EventTarget>(null);
  return (
    <ToastContext value={show}>
      {children}
      <div
        ref={corner}
        className={`${styles.corner} ${styles[side]}`}
        role="status"
        aria-live="polite"
        aria-atomic="false"
        onFocus={({ relatedTarget }) => {
          if (!corner.current?.contains(relatedTarget)) cameFrom.current = relatedTarget;
        }}
      >
        {shown.map((toast, index) => (
          <ToastCard
            key={toast.id}
            toast={toast}
            isFolded={index >= room}
            folded={index === room - 1 ? shown.length - room : 0}
            onDrop={drop}
            onClose={(id) => {
              drop(id);
              if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus({ preventScroll: true });
            }}
          />
        ))}
      </div>
    </ToastContext>
  );
}

interface ToastCardProps {
  toast: ShownToast;
  /** There is no room for it now. It stays for screen readers, and its time begins once it is unfolded. */
  isFolded: boolean;
  /** How many are folded away behind this one. */
  folded: number;
  /** It was there long enough. */
  onDrop: (id: number) => void;
  onClose: (id: number) => void;
}

function ToastCard({ toast, isFolded, folded, onDrop, onClose }: ToastCardProps) {
  const { common } = useMessages();
  const [isHeld, setHeld] = useState(false);
  const { id, text, tone } = toast;
  useEffect(() => {
    if (isFolded) return setHeld(false);
    if (isHeld) return;
    const timer = setTimeout(() => onDrop(id), timeToRead(text));
    return () => clearTimeout(timer);
  }, [isFolded, isHeld, id, text, onDrop]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a toast that is being read only waits; nothing to operate
    <div
      className={isFolded ? 'visually-hidden' : `${styles.toast} ${styles[tone]}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={tone === 'success' ? 'check' : tone === 'info' ? 'info' : 'alert'} />
      <p>{text}</p>
      {folded > 0 && (
        <span aria-hidden="true" className={styles.folded}>
          +{folded}
        </span>
      )}
      {!isFolded && (
        <button type="button" aria-label={common.close} onClick={() => onClose(id)}>
          <Icon name="close" size={16} />
        </button>
      )}
    </div>
  );
}
