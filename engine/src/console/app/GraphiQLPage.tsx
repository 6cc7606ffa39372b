import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL } from 'graphiql';
import { useEffect, useMemo, useRef } from 'react';
import { type Access, toHeaders } from './access.ts';
import { keepTabsAccessible } from './accessible-tabs.ts';
import { examplesPlugin, SavedOperations } from './ExamplesPanel.tsx';
import type { ExampleOperation } from './example-operations.ts';
import { connect } from './fetcher.ts';

const plugins = [explorerPlugin(), examplesPlugin];

const WELCOME = `# Write an operation here, or take one from Examples on the left.
# The explorer beside it builds operations by clicking.
`;

interface GraphiQLPageProps {
  readonly access: Access;
  /** The project's own operations. */
  readonly saved: readonly ExampleOperation[];
}

/** GraphiQL for one access; another access begins with another schema. */
export default function GraphiQLPage({ access, saved }: GraphiQLPageProps) {
  const connection = useMemo(() => connect(toHeaders(access)), [access]);
  useEffect(() => () => connection.close(), [connection]);
  const page = useRef<HTMLElement>(null);
  useEffect(() => (page.current ? keepTabsAccessible(page.current) : undefined), []);
  return (
    <main className="graphiql-page" ref={page}>
      <h1 className="visually-hidden">GraphiQL</h1>
      <SavedOperations value={saved}>
        <GraphiQL
          key={JSON.stringify(access)}
          fetcher={connection.fetcher}
          plugins={plugins}
          storage={window.sessionStorage}
          defaultQuery={WELCOME}
          isHeadersEditorEnabled={false}
          showPersistHeadersSettings={false}
        >
          <GraphiQL.Logo>
            {/* The default leads to another site. */}
            <span />
          </GraphiQL.Logo>
        </GraphiQL>
      </SavedOperations>
    </main>
  );
}
