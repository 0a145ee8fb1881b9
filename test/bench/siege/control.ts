/** In a process of its own: a server that nobody attacks. It answers with one row of the database, as plainly as can be: `control.ts <database url>`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';

const pool = new Pool({ connectionString: process.argv[2], max: 2 });
pool.on('error', () => {}); // the next query has another connection
const server = createServer((_request, response) => {
  pool.query('select 1 as data').then(
    ({ rows }) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows[0])),
    () => response.writeHead(503).end('{}'),
  );
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port)); // not a pipe
