import { useMemo, useState } from 'react';
import type { MetadataState } from '../use-metadata.ts';
import { GrantDialog } from './GrantDialog.tsx';
import { Matrix, type Selection } from './Matrix.tsx';
import { buildPermissionMatrix, type Subject } from './permission-matrix.ts';

const SECTIONS: readonly { readonly kind: Subject['kind']; readonly title: string; readonly note: string }[] =
  [
    { kind: 'table', title: 'Tables and views', note: '' },
    {
      kind: 'function',
      title: 'Functions',
      note: 'A function exposed as a query may also be open to every role that may select from its table.',
    },
    { kind: 'action', title: 'Actions', note: '' },
  ];

interface PermissionsPageProps {
  readonly state: MetadataState;
  readonly onRetry: () => void;
}

/** Who may do what: every table, function and action by every role, with the rule behind each permission. */
export function PermissionsPage({ state, onRetry }: PermissionsPageProps) {
  return (
    <main className="permissions">
      <h1>Permissions</h1>
      {state.kind === 'ready' ? (
        <Permissions metadata={state.metadata} onReload={onRetry} />
      ) : (
        <Placeholder state={state} onRetry={onRetry} />
      )}
    </main>
  );
}

function Placeholder({ state, onRetry }: PermissionsPageProps) {
  if (state.kind === 'loading') {
    return (
      <div className="skeleton" role="status" aria-label="Loading the metadata">
        {Array.from({ length: 8 }, (_, index) => (
          <span key={index} />
        ))}
      </div>
    );
  }
  return (
    <div className="placeholder" role="status">
      {state.kind === 'refused' ? (
        <p>
          Permissions are for administrators. Choose <strong>Admin secret</strong> under “Speak as”, paste the
          secret, and apply.
        </p>
      ) : (
        <>
          <p>The engine did not answer. Nothing is lost: try again when it is back.</p>
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        </>
      )}
    </div>
  );
}

interface LoadedProps {
  readonly metadata: Extract<MetadataState, { kind: 'ready' }>['metadata'];
  readonly onReload: () => void;
}

function Permissions({ metadata, onReload }: LoadedProps) {
  const matrix = useMemo(() => buildPermissionMatrix(metadata), [metadata]);
  const [search, setSearch] = useState('');
  const [role, setRole] = useState('');
  const [selection, setSelection] = useState<Selection | null>(null);
  const roles = matrix.roles.filter(({ name }) => role === '' || name === role);
  const found = matrix.subjects.filter(({ name }) =>
    name.toLowerCase().includes(search.trim().toLowerCase()),
  );
  const sections = SECTIONS.map((section) => ({
    ...section,
    subjects: found.filter(({ kind }) => kind === section.kind),
  })).filter(({ subjects }) => subjects.length > 0);
  return (
    <>
      <div className="permissions-tools">
        <label>
          Find
          <input
            type="search"
            value={search}
            placeholder="table, function or action"
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
        <label>
          Role
          <select value={role} onChange={(event) => setRole(event.target.value)}>
            <option value="">All roles</option>
            {matrix.roles.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <button type="button" onClick={onReload}>
          Read again
        </button>
        <ul className="legend" aria-label="Signs">
          <li>
            <span className="sign sign-all" aria-hidden="true" /> every row
          </li>
          <li>
            <span className="sign sign-some" aria-hidden="true" /> under a condition
          </li>
        </ul>
      </div>
      <p className="permissions-admin">
        The role <code>admin</code> may do everything, and stands in no list.
      </p>
      {sections.length === 0 && (
        <p className="placeholder" role="status">
          {matrix.subjects.length === 0
            ? 'The metadata tracks nothing yet.'
            : `Nothing is called “${search.trim()}”.`}
        </p>
      )}
      {sections.map(({ kind, title, note, subjects }) => (
        <section key={kind} aria-labelledby={`${kind}-title`}>
          <h2 id={`${kind}-title`}>
            {title} <span className="count">{subjects.length}</span>
          </h2>
          {note !== '' && <p className="note">{note}</p>}
          <Matrix title={title} roles={roles} subjects={subjects} onSelect={setSelection} />
        </section>
      ))}
      <GrantDialog selection={selection} onClose={() => setSelection(null)} />
    </>
  );
}
