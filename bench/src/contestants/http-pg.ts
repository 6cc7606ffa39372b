/** As little as a server can do: `http`, `pg`, a prepared statement whose text goes through. No token is looked at. */
import { createServer } from 'node:http';
import pg from 'pg';
import { readCases } from '../cases.ts';
import { listenForBench } from './listen.ts';

const pool = new pg.Pool({
  connectionString: process.env.BENCH_DATABASE_URL,
  max: Number(process.env.BENCH_POOL),
});
const byPath = new Map(readCases.map((one) => [`/${one.name}`, one]));

const server = createServer((request, response) => {
  const found = byPath.get(request.url ?? '');
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const values: Record<string, string> = JSON.parse(Buffer.concat(chunks).toString());
    pool
      .query({ name: found.name, text: found.sql, values: found.parameters.map((name) => values[name]) })
      .then(
        ({ rows }) => {
          const body = Buffer.from(rows[0].body);
          response
            .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length })
            .end(body);
        },
        (error: Error) => response.writeHead(500).end(error.message),
      );
  });
});
listenForBench(server);
