import type { Grant, RoleColumn, Subject } from './permission-matrix.ts';

/** The grants of one operation in one cell: several only where a role inherits from several. */
export interface Selection {
  readonly subject: Subject;
  readonly role: RoleColumn;
  readonly grants: readonly Grant[];
}

interface MatrixProps {
  readonly title: string;
  readonly roles: readonly RoleColumn[];
  readonly subjects: readonly Subject[];
  readonly onSelect: (selection: Selection) => void;
}

/** Subjects down, roles across; on a phone each subject is a card. */
export function Matrix({ title, roles, subjects, onSelect }: MatrixProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
    <section className="matrix-scroll" aria-label={`${title} by role`} tabIndex={0}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">Name</th>
            {roles.map(({ name, parents }) => (
              <th key={name} scope="col">
                {name}
                {parents.length > 0 && <small>inherits {parents.join(', ')}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {subjects.map((subject) => (
            <tr key={subject.name}>
              <th scope="row">{subject.name}</th>
              {roles.map((role) => (
                <td key={role.name} data-role={role.name}>
                  <Cell subject={subject} role={role} onSelect={onSelect} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface CellProps {
  readonly subject: Subject;
  readonly role: RoleColumn;
  readonly onSelect: (selection: Selection) => void;
}

function Cell({ subject, role, onSelect }: CellProps) {
  const byOperation = Map.groupBy(subject.grants.get(role.name) ?? [], ({ operation }) => operation);
  if (byOperation.size === 0) {
    return (
      <span className="nothing">
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">nothing</span>
      </span>
    );
  }
  return (
    <span className="grants">
      {[...byOperation].map(([operation, grants]) => {
        const coversAll = grants.some(({ coversAllRows }) => coversAllRows);
        const isInherited = grants.every(({ inheritedFrom }) => inheritedFrom !== null);
        const reach = coversAll ? 'every row' : 'under a condition';
        return (
          <button
            key={operation}
            type="button"
            className="grant"
            aria-haspopup="dialog"
            aria-label={`${role.name} may ${operation} ${subject.name}${operation === 'call' ? '' : `, ${reach}`}${isInherited ? ', inherited' : ''}`}
            onClick={() => onSelect({ subject, role, grants })}
          >
            <span className={`sign ${coversAll ? 'sign-all' : 'sign-some'}`} aria-hidden="true" />
            {operation}
            {isInherited && (
              <span className="inherited" aria-hidden="true">
                ↑
              </span>
            )}
          </button>
        );
      })}
    </span>
  );
}
