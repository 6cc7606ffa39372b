import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { AccessBar } from './AccessBar.tsx';
import { type Access, loadAccess, saveAccess } from './access.ts';
import { Header } from './Header.tsx';
import { PermissionsPage } from './permissions/PermissionsPage.tsx';
import { buildPermissionMatrix } from './permissions/permission-matrix.ts';
import { readSavedOperations } from './saved-operations.ts';
import { useMetadata } from './use-metadata.ts';
import { useRoute } from './use-route.ts';

// The editor is large; whoever looks at permissions does not wait for it.
const GraphiQLPage = lazy(() => import('./GraphiQLPage.tsx'));

/** The console: who it speaks for on top, GraphiQL or the permissions below. */
export function App() {
  const route = useRoute();
  const [access, setAccess] = useState(() => loadAccess(window.sessionStorage));
  const { state, reload } = useMetadata(access);
  const metadata = state.kind === 'ready' ? state.metadata : null;
  const saved = useMemo(() => (metadata ? readSavedOperations(metadata) : []), [metadata]);
  const roles = useMemo(
    () => (metadata ? buildPermissionMatrix(metadata).roles.map(({ name }) => name) : []),
    [metadata],
  );
  useEffect(() => {
    document.title = route === 'permissions' ? 'Permissions · Console' : 'GraphiQL · Console';
  }, [route]);
  const apply = (next: Access) => {
    saveAccess(window.sessionStorage, next);
    setAccess(next);
  };
  return (
    <div className="console">
      <Header route={route}>
        <AccessBar access={access} roles={roles} onApply={apply} />
      </Header>
      {route === 'permissions' ? (
        <PermissionsPage state={state} onRetry={reload} />
      ) : (
        <Suspense fallback={<main className="placeholder" aria-busy="true" />}>
          <GraphiQLPage access={access} saved={saved} />
        </Suspense>
      )}
    </div>
  );
}
