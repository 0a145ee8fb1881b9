import { encodeCursor } from '../../src/live/cursor.ts';
import { openSocket } from '../support/socket.ts';
import { median, pause, report, startWorld, type GatewayProcess } from './world.ts';

const runs = 2_500;
const rounds = 15;
/** Of the rate without the run. */
const bar = 2 / 3;

const replayOf = (more: string) =>
  `subscription ($after: Cursor) { runChanged(after: $after) { __typename ... on RunChange { cursor event { kind at state } ${more} } } }`;
const whole = replayOf('run { id runId name state }');
const bare = replayOf('');

interface Item {
  readonly runChanged: { readonly event?: { readonly kind: string } };
}

/** From the first item to the last one, of all events there are: nobody else is at work then. Items per second. */
async function replay(gateway: GatewayProcess, query: string): Promise<number> {
  await using socket = await openSocket(gateway.url);
  const after = encodeCursor('EVENTS', [{ stream: 'events:prod', generation: '00000000', seq: 1 }]); // of no database: all is told
  const stream = socket.start({ query, variables: { after } });
  await stream.next();
  const began = performance.now();
  let [items, settled] = [0, 0];
  while (settled < runs) {
    const { data } = await stream.next<Item>();
    items += 1;
    if (data?.runChanged.event?.kind === 'SETTLED') settled += 1;
  }
  return items / ((performance.now() - began) / 1000);
}

async function untilSettled(gateway: GatewayProcess): Promise<void> {
  const query = '{ runs(first: 100) { complete totalCount nodes { settled } } }';
  type Runs = { data: { runs: { complete: boolean; totalCount: number; nodes: { settled: boolean }[] } } };
  for (;;) {
    const answer = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { complete, totalCount, nodes } = ((await answer.json()) as Runs).data.runs;
    if (complete && totalCount === runs && nodes.every(({ settled }) => settled)) return;
    await pause(200);
  }
}

/** How fast all of history is told again, with what each item says of the run as it is now and without: in pairs, as other work on the machine comes and goes. */
export async function replays(): Promise<void> {
  await using world = await startWorld();
  world.sandbox.control.insertRuns({ count: runs });
  const gateway = await world.startGateway();
  await untilSettled(gateway);
  for (const query of [bare, whole]) await replay(gateway, query);
  const pairs: { readonly bare: number; readonly whole: number }[] = [];
  for (let round = 0; round < rounds; round += 1) pairs.push({ bare: await replay(gateway, bare), whole: await replay(gateway, whole) });
  const ratio = median(pairs.map((pair) => pair.whole / pair.bare));
  const rate = (of: 'bare' | 'whole') => median(pairs.map((pair) => pair[of])).toFixed(0);
  report(
    `${rate('whole')} items/s with the run, ${rate('bare')} without: ${ratio.toFixed(2)} of it in the median of ${rounds} pairs (bar ${bar.toFixed(2)}) ${ratio >= bar ? 'held' : 'NOT HELD'}`,
  );
}
