import type { ReactNode } from 'react';
import type { Route } from './use-route.ts';

const PAGES: readonly { readonly route: Route; readonly href: string; readonly label: string }[] = [
  { route: 'graphiql', href: '#/', label: 'GraphiQL' },
  { route: 'permissions', href: '#/permissions', label: 'Permissions' },
];

/** The console's name, its pages, and whatever belongs to all of them. */
export function Header({ route, children }: { readonly route: Route; readonly children: ReactNode }) {
  return (
    <header className="console-header">
      <strong className="console-name">Console</strong>
      <nav aria-label="Pages">
        {PAGES.map((page) => (
          <a key={page.route} href={page.href} aria-current={page.route === route ? 'page' : undefined}>
            {page.label}
          </a>
        ))}
      </nav>
      {children}
    </header>
  );
}
