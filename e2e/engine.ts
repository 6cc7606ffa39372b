import { expect } from 'vitest';
import { theStack } from './provided.ts';

const ADMINISTRATOR = 'admin1@example.com';

/** Runs a statement in the stack's database, for what no person can do through a page. Answers its rows. */
export async function runSql(sql: string): Promise<string[][]> {
  const { result } = (await ask('/v2/query', {
    type: 'run_sql',
    args: { source: 'default', sql },
  })) as { result: string[][] | null };
  return (result ?? []).slice(1);
}

/** Calls an action as a demo administrator, without a browser of theirs. */
export async function asAdministrator(query: string, variables: object): Promise<void> {
  const [[userId] = []] = await runSql(`select id from users where email = '${ADMINISTRATOR}'`);
  const headers = { 'x-hasura-role': 'app_admin', 'x-hasura-user-id': userId as string };
  const answer = (await ask('/v1/graphql', { query, variables }, headers)) as { errors?: unknown };
  expect(answer.errors).toBeUndefined();
}

async function ask(path: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
  const { engine, adminSecret } = theStack();
  const answer = await fetch(`${engine}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'x-hasura-admin-secret': adminSecret, ...headers },
    body: JSON.stringify(body),
  });
  return answer.json();
}
