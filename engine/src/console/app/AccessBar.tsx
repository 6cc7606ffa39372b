import { type FormEvent, useState } from 'react';
import { type Access, findAccessProblem } from './access.ts';

const KINDS: readonly { readonly kind: Access['kind']; readonly label: string }[] = [
  { kind: 'none', label: 'Nobody' },
  { kind: 'admin-secret', label: 'Admin secret' },
  { kind: 'token', label: 'JWT' },
];

interface AccessBarProps {
  readonly access: Access;
  /** Roles to choose from, as far as they are known. */
  readonly roles: readonly string[];
  readonly onApply: (access: Access) => void;
}

/** Chooses who the console speaks for; nothing changes until it is applied. */
export function AccessBar({ access, roles, onApply }: AccessBarProps) {
  const [draft, setDraft] = useState(access);
  const [problem, setProblem] = useState<string | null>(null);
  const change = (part: Partial<Access>) => setDraft({ ...draft, ...part });
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const found = findAccessProblem(draft);
    setProblem(found);
    if (found === null) onApply(draft);
  };
  const isChanged = JSON.stringify(draft) !== JSON.stringify(access);
  return (
    <form className="access" onSubmit={apply} aria-label="Access">
      <label>
        Speak as
        <select
          value={draft.kind}
          onChange={(event) => change({ kind: event.target.value as Access['kind'] })}
        >
          {KINDS.map(({ kind, label }) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {draft.kind !== 'none' && (
        <label>
          {draft.kind === 'token' ? 'Token' : 'Secret'}
          <input
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={draft.secret}
            onChange={(event) => change({ secret: event.target.value })}
          />
        </label>
      )}
      <label>
        Role
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          placeholder="default"
          size={12}
          list="known-roles"
          value={draft.role}
          onChange={(event) => change({ role: event.target.value.trim() })}
        />
      </label>
      <datalist id="known-roles">
        {['admin', ...roles].map((role) => (
          <option key={role} value={role} />
        ))}
      </datalist>
      <label>
        Headers
        <textarea
          rows={1}
          spellCheck={false}
          placeholder="name: value, one a line"
          value={draft.headers}
          onChange={(event) => change({ headers: event.target.value })}
        />
      </label>
      <button type="submit" disabled={!isChanged}>
        Apply
      </button>
      <span role="status" className="access-problem">
        {problem}
      </span>
    </form>
  );
}
