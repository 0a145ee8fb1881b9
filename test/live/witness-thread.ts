/** What other processes see while the main thread of this one is busy: who could take a lease, and how the gateway says that it is. */
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { createDatabase } from '../../src/db/database.ts';
import { tryAcquire } from '../../src/live/lease.ts';
import type { LeaseTimes } from '../../src/live/renewal.ts';

const { databaseUrl, times, healthUrl } = workerData as { databaseUrl: string; times: LeaseTimes; healthUrl?: string };
const { db, close } = createDatabase(databaseUrl, { max: 1, logError: () => {} });
const tell = (message: unknown) => parentPort?.postMessage(message, []);
const over = new AbortController();
parentPort?.once('message', () => over.abort());

while (!over.signal.aborted) {
  if (healthUrl !== undefined) {
    const [alive, ready] = await Promise.all(['/healthz', '/readyz'].map((path) => fetch(healthUrl + path).then(({ status }) => status)));
    tell({ health: `${alive} ${ready}` });
  }
  const epoch = await tryAcquire(db, 'prod', 'rival', times);
  if (epoch !== undefined) tell({ epoch });
  else tell({ tried: true });
  await delay(20);
}
await close();
