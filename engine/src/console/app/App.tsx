import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL } from 'graphiql';
import { useEffect, useMemo, useState } from 'react';
import { AccessBar } from './AccessBar.tsx';
import { type Access, loadAccess, saveAccess, toHeaders } from './access.ts';
import { examplesPlugin } from './ExamplesPanel.tsx';
import { connect } from './fetcher.ts';

const plugins = [explorerPlugin(), examplesPlugin];

const WELCOME = `# Write an operation here, or take one from Examples on the left.
# The explorer beside it builds operations by clicking.
`;

/** The access bar above GraphiQL; another access begins with another schema. */
export function App() {
  const [access, setAccess] = useState(() => loadAccess(window.sessionStorage));
  const connection = useMemo(() => connect(toHeaders(access)), [access]);
  useEffect(() => () => connection.close(), [connection]);
  const apply = (next: Access) => {
    saveAccess(window.sessionStorage, next);
    setAccess(next);
  };
  return (
    <div className="console">
      <AccessBar access={access} onApply={apply} />
      <GraphiQL
        key={JSON.stringify(access)}
        fetcher={connection.fetcher}
        plugins={plugins}
        storage={window.sessionStorage}
        defaultQuery={WELCOME}
        isHeadersEditorEnabled={false}
        showPersistHeadersSettings={false}
      />
    </div>
  );
}
