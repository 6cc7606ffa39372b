import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { createContext, useContext, useMemo } from 'react';
import { type ExampleOperation, makeExamples } from './example-operations.ts';
import { selectRunnable } from './saved-operations.ts';

/** The project's own operations, for the panel that GraphiQL draws. */
export const SavedOperations = createContext<readonly ExampleOperation[]>([]);

/** Operations to begin with; a click opens one in a tab of its own. */
function ExamplesPanel() {
  const schema = useGraphiQL((state) => state.schema);
  const saved = useContext(SavedOperations);
  const runnable = useMemo(() => (schema ? selectRunnable(saved, schema) : []), [saved, schema]);
  const made = useMemo(() => (schema ? makeExamples(schema) : []), [schema]);
  return (
    <section className="examples" aria-label="Examples">
      {runnable.length === 0 && made.length === 0 && (
        <p>This role sees no table. Choose another role, or sign in, above.</p>
      )}
      {runnable.length > 0 && <Operations title="Saved in this project" operations={runnable} />}
      {made.length > 0 && <Operations title="Made from the schema" operations={made} />}
    </section>
  );
}

interface OperationsProps {
  readonly title: string;
  readonly operations: readonly ExampleOperation[];
}

function Operations({ title, operations }: OperationsProps) {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const { addTab } = useGraphiQLActions();
  const open = (query: string) => {
    addTab();
    queryEditor?.setValue(query);
  };
  return (
    <>
      <h2 className="examples-title">{title}</h2>
      <ul className="examples-list">
        {operations.map(({ title: name, query }) => (
          <li key={name}>
            <button
              type="button"
              className="examples-item"
              // The editor loads after the list: a click before would open an empty tab.
              disabled={!queryEditor}
              onClick={() => open(query)}
            >
              {name}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function ExamplesIcon() {
  return (
    <svg
      viewBox="0 0 20 20"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d="M4 4h12M4 8h8M4 12h12M4 16h6" />
    </svg>
  );
}

/** The panel of example operations beside the editor. */
export const examplesPlugin: GraphiQLPlugin = {
  title: 'Examples',
  icon: ExamplesIcon,
  content: ExamplesPanel,
};
