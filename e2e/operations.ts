import type { Page } from 'playwright-core';

/** The GraphQL operations that a page has sent over HTTP since it was asked to count. */
export function countOperations(page: Page): { names(): string[]; reset(): void } {
  let names: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/v1/graphql')) return;
    const { operationName, query } = request.postDataJSON() as { operationName?: string; query: string };
    names.push(operationName ?? query);
  });
  return {
    names: () => [...names],
    reset: () => {
      names = [];
    },
  };
}
