import pg from 'pg';
import { type LoopResult, type OnceCall, runOnceEach } from './load/closed-loop.ts';
import type { BenchStack } from './stack.ts';
import { percentile } from './statistics.ts';

/** One way to do one thing. */
export interface ActionResult extends LoopResult {
  readonly case: 'submit' | 'approve' | 'reject' | 'list';
  readonly way: 'graphql' | 'rest' | 'sql';
  readonly inFlight: number;
}

const json = { 'Content-Type': 'application/json' };
const justification =
  'We have opened two more locations this spring and our customers ask for what the next tier brings with it.';
const reason = 'The figures of the last quarter do not carry it yet.';

const succeeded = (status: number, body: string): boolean =>
  status < 300 && !body.includes('"errors"') && !body.includes('"success":false');

/**
 * Submits requests and decides them over GraphQL, over REST and as the bare transaction, with the same number
 * in flight.
 */
export async function measureActions(
  stack: BenchStack,
  admin: string,
  count: number,
  inFlight: number,
): Promise<ActionResult[]> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  try {
    const token = stack.token('app_admin', admin);
    const headers = { ...json, Authorization: `Bearer ${token}` };
    // Submitted by their own users, since nobody approves what they submitted themselves.
    const graphql = await takeVendors(client, count * 2);
    const rest = await takeVendors(
      client,
      count,
      graphql.map(({ id }) => id),
    );
    const bare = await takeVendors(
      client,
      count,
      [...graphql, ...rest].map(({ id }) => id),
    );
    const results: ActionResult[] = [];
    const add = (name: ActionResult['case'], way: ActionResult['way'], result: LoopResult) =>
      results.push({ case: name, way, inFlight, ...result });

    const vendorHeaders = (vendor: Vendor) => ({
      ...json,
      Authorization: `Bearer ${stack.token('vendor', vendor.userId, vendor.id)}`,
    });
    add(
      'submit',
      'graphql',
      await runOnceEach(
        graphql.map((vendor) => submitCall(stack, vendor, vendorHeaders(vendor))),
        inFlight,
        succeeded,
      ),
    );
    add(
      'submit',
      'rest',
      await runOnceEach(
        rest.map((vendor) => restSubmitCall(stack, vendor, vendorHeaders(vendor))),
        inFlight,
        succeeded,
      ),
    );
    await submitDirectly(client, bare);

    const pendingOf = await pendingRequests(client);
    const ids = (vendors: readonly Vendor[]) => vendors.map(({ id }) => pendingOf.get(id) ?? '');
    add(
      'approve',
      'graphql',
      await runOnceEach(
        ids(graphql.slice(0, count)).map((id) => decide(stack, headers, 'approve', id)),
        inFlight,
        succeeded,
      ),
    );
    add(
      'reject',
      'graphql',
      await runOnceEach(
        ids(graphql.slice(count)).map((id) => decide(stack, headers, 'reject', id)),
        inFlight,
        succeeded,
      ),
    );
    add(
      'approve',
      'rest',
      await runOnceEach(
        ids(rest).map((id) => restApproveCall(stack, headers, id)),
        inFlight,
        succeeded,
      ),
    );
    add('approve', 'sql', await approveDirectly(stack.databaseUrl, admin, ids(bare), inFlight));
    const lists = Array.from(
      { length: count },
      (_, index): OnceCall => ({
        method: 'GET',
        url: `${stack.actionsUrl}/api/admin/tier-upgrade-requests?status=pending&page=${1 + (index % 20)}&limit=20`,
        headers,
        body: '',
      }),
    );
    add('list', 'rest', await runOnceEach(lists, inFlight, (status) => status === 200));
    return results;
  } finally {
    await client.end();
  }
}

interface Vendor {
  readonly id: string;
  readonly userId: string;
  readonly tier: number;
}

/** Vendors below the highest tier with a user and without a pending request. */
async function takeVendors(
  client: pg.Client,
  count: number,
  except: readonly string[] = [],
): Promise<Vendor[]> {
  const { rows } = await client.query(
    `select v.id, v.tier, u.id as "userId" from vendors v
     join lateral (select id from users where vendor_id = v.id and disabled_at is null order by id limit 1) u on true
     where v.tier < 4 and v.id <> all ($2::uuid[])
       and not exists (select from tier_upgrade_requests r where r.vendor_id = v.id and r.status = 'pending')
     order by v.id limit $1`,
    [count, except],
  );
  if (rows.length < count)
    throw new Error(`only ${rows.length} of ${count} vendors are free to submit: remove the data directory`);
  return rows;
}

async function pendingRequests(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query(
    "select vendor_id, id from tier_upgrade_requests where status = 'pending'",
  );
  return new Map(rows.map(({ vendor_id, id }) => [vendor_id, id]));
}

function submitCall(stack: BenchStack, vendor: Vendor, headers: Record<string, string>): OnceCall {
  return graphqlCall(
    stack,
    headers,
    `mutation ($tier: Int!, $text: String!) {
      submitTierUpgradeRequest(targetTier: $tier, businessJustification: $text) { success requestId }
    }`,
    { tier: vendor.tier + 1, text: justification },
  );
}

function restSubmitCall(stack: BenchStack, vendor: Vendor, headers: Record<string, string>): OnceCall {
  return {
    method: 'POST',
    url: `${stack.actionsUrl}/api/portal/vendors/${vendor.id}/tier-upgrade-requests`,
    headers,
    body: JSON.stringify({ targetTier: vendor.tier + 1, businessJustification: justification }),
  };
}

function decide(
  stack: BenchStack,
  headers: Record<string, string>,
  how: 'approve' | 'reject',
  id: string,
): OnceCall {
  return how === 'approve'
    ? graphqlCall(
        stack,
        headers,
        'mutation ($id: uuid!) { approveTierUpgradeRequest(requestId: $id) { success } }',
        { id },
      )
    : graphqlCall(
        stack,
        headers,
        'mutation ($id: uuid!, $why: String!) { rejectTierUpgradeRequest(requestId: $id, rejectionReason: $why) { success } }',
        { id, why: reason },
      );
}

function restApproveCall(stack: BenchStack, headers: Record<string, string>, id: string): OnceCall {
  return {
    method: 'PATCH',
    url: `${stack.actionsUrl}/api/admin/tier-upgrade-requests/${id}/approve`,
    headers,
    body: '{}',
  };
}

function graphqlCall(
  stack: BenchStack,
  headers: Record<string, string>,
  query: string,
  variables: Record<string, unknown>,
): OnceCall {
  return {
    method: 'POST',
    url: `${stack.engineUrl}/v1/graphql`,
    headers,
    body: JSON.stringify({ query, variables }),
  };
}

async function submitDirectly(client: pg.Client, vendors: readonly Vendor[]): Promise<void> {
  await client.query(
    `insert into tier_upgrade_requests (vendor_id, user_id, current_tier, target_tier, business_justification)
     select v.id, u.id, v.tier, v.tier + 1, $2 from vendors v
     join lateral (select id from users where vendor_id = v.id order by id limit 1) u on true where v.id = any ($1)`,
    [vendors.map(({ id }) => id), justification],
  );
}

/** The transaction that an approval is, with nothing around it. */
async function approveDirectly(
  databaseUrl: string,
  admin: string,
  ids: readonly string[],
  inFlight: number,
): Promise<LoopResult> {
  const clients = Array.from({ length: inFlight }, () => new pg.Client({ connectionString: databaseUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  const taken: number[] = [];
  let next = 0;
  const started = performance.now();
  try {
    await Promise.all(
      clients.map(async (client) => {
        for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
          const before = performance.now();
          await client.query('begin');
          await client.query({
            name: 'actor',
            text: `select set_config('tierline.actor_id', $1, true), set_config('tierline.actor_role', 'app_admin', true)`,
            values: [admin],
          });
          const { rows } = await client.query({
            name: 'lock-request',
            text: 'select vendor_id from tier_upgrade_requests where id = $1 for update',
            values: [id],
          });
          await client.query({
            name: 'lock-vendor',
            text: 'select tier from vendors where id = $1 for no key update',
            values: [rows[0].vendor_id],
          });
          await client.query({
            name: 'approve',
            text: "update tier_upgrade_requests set status = 'approved', reviewed_by = $2, reviewed_at = now() where id = $1",
            values: [id, admin],
          });
          await client.query('commit');
          taken.push(performance.now() - before);
        }
      }),
    );
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    count: ids.length,
    perSecond: ids.length / seconds,
    p50Ms: percentile(taken, 50),
    p95Ms: percentile(taken, 95),
    p99Ms: percentile(taken, 99),
    failures: 0,
  };
}
