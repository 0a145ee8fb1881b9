/** In a process of its own: asks a server for one small thing of the catalog and one of the backend after the other, and tells how long it waited for each: `bystander.ts <url> <token>`. */
import { setTimeout as delay } from 'node:timers/promises';

const [url = '', token = ''] = process.argv.slice(2);
const now = () => performance.timeOrigin + performance.now();
const query = JSON.stringify({ query: '{ runs(first: 5) { nodes { id state } } queues(source: "prod", first: 1) { nodes { name } } }' });
const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
const longestMs = 60_000;
for (;;) {
  const began = now();
  const answered = await fetch(`${url}/graphql`, { method: 'POST', headers, body: query, signal: AbortSignal.timeout(longestMs) })
    .then(async (answer) => ((await answer.json()) as { data?: unknown }).data !== undefined)
    .catch(() => false);
  // Not to be answered is the longest wait of all.
  process.send?.([began, answered ? now() - began : Math.max(longestMs, now() - began)]);
  await delay(50);
}
