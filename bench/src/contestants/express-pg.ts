/** As people write it: express, `pg`, rows read into objects, nested in JavaScript, sent with `res.json`. */
import { createServer } from 'node:http';
import express from 'express';
import pg from 'pg';
import { listenForBench } from './listen.ts';

const pool = new pg.Pool({
  connectionString: process.env.BENCH_DATABASE_URL,
  max: Number(process.env.BENCH_POOL),
});
const app = express();
app.use(express.json());

const withVendor = ({ v_id, v_name, v_tier, ...request }: Record<string, unknown>) => ({
  ...request,
  vendor: { id: v_id, name: v_name, tier: v_tier },
});

app.post('/by_pk', async (req, res) => {
  const { rows } = await pool.query(
    `select r.id, r.status, r.current_tier, r.target_tier, r.business_justification, r.created_at,
       v.id as v_id, v.name as v_name, v.tier as v_tier
     from tier_upgrade_requests r join vendors v on v.id = r.vendor_id where r.id = $1`,
    [req.body.id],
  );
  res.json({ data: { tier_upgrade_requests_by_pk: rows[0] ? withVendor(rows[0]) : null } });
});

app.post('/list', async (_req, res) => {
  const { rows } = await pool.query(
    `select r.id, r.status, r.current_tier, r.target_tier, r.created_at,
       v.id as v_id, v.name as v_name, v.tier as v_tier
     from tier_upgrade_requests r join vendors v on v.id = r.vendor_id
     where r.status = 'pending' order by r.created_at desc, r.id desc limit 20`,
  );
  res.json({ data: { tier_upgrade_requests: rows.map(withVendor) } });
});

app.post('/nested', async (req, res) => {
  const vendors = await pool.query('select id, name, tier from vendors where id > $1 order by id limit 20', [
    req.body.after,
  ]);
  const ids = vendors.rows.map(({ id }) => id);
  const [newest, counts] = await Promise.all([
    pool.query(
      `select v.id as vendor_id, r.* from unnest($1::uuid[]) v (id) cross join lateral (
         select id, status, target_tier, created_at from tier_upgrade_requests
         where vendor_id = v.id order by created_at desc, id desc limit 5) r`,
      [ids],
    ),
    pool.query(
      'select vendor_id, count(*)::int from tier_upgrade_requests where vendor_id = any ($1) group by vendor_id',
      [ids],
    ),
  ]);
  const requestsOf = Map.groupBy(newest.rows, ({ vendor_id }) => vendor_id);
  const countOf = new Map(counts.rows.map(({ vendor_id, count }) => [vendor_id, count]));
  const nested = vendors.rows.map((vendor) => ({
    ...vendor,
    requests: (requestsOf.get(vendor.id) ?? []).map(({ vendor_id: _, ...request }) => request),
    requests_aggregate: { aggregate: { count: countOf.get(vendor.id) ?? 0 } },
  }));
  res.json({ data: { vendors: nested } });
});

app.post('/filtered', async (req, res) => {
  const [page, total] = await Promise.all([
    pool.query(
      `select id, status, current_tier, target_tier, created_at, reviewed_at from tier_upgrade_requests
       where vendor_id = $1 and status in ('approved', 'rejected') order by created_at desc, id desc limit 10 offset 0`,
      [req.body.vendor],
    ),
    pool.query(
      `select count(*)::int from tier_upgrade_requests where vendor_id = $1 and status in ('approved', 'rejected')`,
      [req.body.vendor],
    ),
  ]);
  res.json({
    data: {
      tier_upgrade_requests: page.rows,
      tier_upgrade_requests_aggregate: { aggregate: { count: total.rows[0].count } },
    },
  });
});

app.post('/bulk', async (_req, res) => {
  const { rows } = await pool.query(
    `select id, vendor_id, current_tier, target_tier, status, created_at, reviewed_at, updated_at
     from tier_upgrade_requests order by created_at desc, id desc limit 1000`,
  );
  res.json({ data: { tier_upgrade_requests: rows } });
});

listenForBench(createServer(app));
