/** In a process of its own: asks a gateway one small thing after the other, and tells how long it waited for each. `spin` only looks at the clock. */
import { setTimeout as delay } from 'node:timers/promises';

const [what = '', url = '', token = ''] = process.argv.slice(2);
const now = () => performance.timeOrigin + performance.now();
/** When it began and how long it took, in milliseconds. */
const tell = (began: number, took: number) => process.send?.([began, took]);

if (what === 'spin') {
  // As often as a bystander, and with as little work: what it waits is what the machine makes everybody wait.
  for (let last = now(); ;) {
    await delay(10);
    let turns = 0;
    for (const until = now() + 1; now() < until;) turns += 1;
    const time = now();
    if (time - last > 12 || turns === 0) tell(last, time - last - 11);
    last = time;
  }
}

const query = JSON.stringify({ query: '{ runs(first: 5) { nodes { id state } } }' });
const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
for (;;) {
  const began = now();
  const answered = await fetch(`${url}/graphql`, { method: 'POST', headers, body: query, signal: AbortSignal.timeout(60_000) })
    .then(async (answer) => ((await answer.json()) as { data?: unknown }).data !== undefined)
    .catch(() => false);
  tell(began, answered ? now() - began : Math.max(60_000, now() - began));
  await delay(50);
}
