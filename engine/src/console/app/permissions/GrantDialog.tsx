import { useEffect, useRef } from 'react';
import { describeGrant, type GrantDetail } from './describe-grant.ts';
import type { Selection } from './Matrix.tsx';

interface GrantDialogProps {
  readonly selection: Selection | null;
  readonly onClose: () => void;
}

/** The rule behind one permission. The browser's own dialog keeps the focus, closes on Escape and gives it back. */
export function GrantDialog({ selection, onClose }: GrantDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (selection !== null) dialog.current?.showModal();
  }, [selection]);
  if (selection === null) return null;
  const { subject, role, grants } = selection;
  const operation = grants[0]?.operation;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it as well.
    <dialog
      ref={dialog}
      className="grant-dialog"
      aria-labelledby="grant-title"
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      <div className="grant-sheet">
        <header>
          <h2 id="grant-title">
            <span className="grant-role">{role.name}</span> may {operation} <code>{subject.name}</code>
          </h2>
          <button type="button" className="close" onClick={() => dialog.current?.close()}>
            Close
          </button>
        </header>
        {grants.map((grant) => (
          <section key={grant.inheritedFrom ?? ''}>
            {grant.inheritedFrom !== null && <h3>Inherited from {grant.inheritedFrom}</h3>}
            {grant.comment !== null && <p>{grant.comment}</p>}
            <dl>
              {describeGrant(grant).map((detail) => (
                <div key={detail.label}>
                  <dt>{detail.label}</dt>
                  <dd>
                    <Value value={detail.value} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}

function Value({ value }: { readonly value: GrantDetail['value'] }) {
  switch (value.kind) {
    case 'words':
      return value.words;
    case 'names':
      return (
        <ul className="names">
          {value.names.map((name) => (
            <li key={name}>
              <code>{name}</code>
            </li>
          ))}
        </ul>
      );
    case 'json':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
        <pre tabIndex={0}>
          <code>{value.json}</code>
        </pre>
      );
  }
}
