import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useMemo } from 'react';
import { makeExamples } from './example-operations.ts';

/** Operations to begin with; a click opens one in a tab of its own. */
function ExamplesPanel() {
  const schema = useGraphiQL((state) => state.schema);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const { addTab } = useGraphiQLActions();
  const examples = useMemo(() => (schema ? makeExamples(schema) : []), [schema]);
  const open = (query: string) => {
    addTab();
    queryEditor?.setValue(query);
  };
  return (
    <section className="examples">
      <h2 className="examples-title">Examples</h2>
      {examples.length === 0 && <p>This role sees no table. Choose another role, or sign in, above.</p>}
      <ul className="examples-list">
        {examples.map(({ title, query }) => (
          <li key={title}>
            <button type="button" className="examples-item" onClick={() => open(query)}>
              {title}
            </button>
          </li>
        ))}
      </ul>
    </section>
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

export const examplesPlugin: GraphiQLPlugin = {
  title: 'Examples',
  icon: ExamplesIcon,
  content: ExamplesPanel,
};
