import { openSocket } from '../support/socket.ts';
import { operation, pause, report, startWorld } from './world.ts';

/** Quiet logs are read less and less often; one that is always written to has the same price all the time. */
const talkative = 'for i in $(seq 1 100000); do echo line $i; sleep 1; done';

/** Upstream calls per minute with a few running runs: 1 and 500 subscribers, 1 and 2 gateways. */
export async function calls(seconds = 30): Promise<void> {
  await using world = await startWorld();
  const first = await world.startGateway();
  const runs = await Promise.all([1, 2, 3].map(() => world.startRun(first, talkative)));
  await pause(10_000);
  const count = async (label: string) => {
    const from = world.sandbox.control.calls().at(-1)?.seq ?? 0;
    await pause(seconds * 1000);
    const made = world.sandbox.control.calls(from);
    report(`${label}: ${((made.length * 60) / seconds).toFixed(0)} upstream calls per minute`);
  };
  const [run] = runs;
  const follow = async (url: string) => {
    const socket = await openSocket(url);
    socket.start({ query: await operation('FollowRun'), variables: { id: run?.id } });
    socket.start({ query: await operation('FollowRunLog'), variables: { id: run?.id } });
    return socket;
  };
  const sockets = [await follow(first.url)];
  await count('1 subscriber, 1 gateway');
  for (let more = 1; more < 500; more += 1) sockets.push(await follow(first.url));
  await count('500 subscribers, 1 gateway');
  const second = await world.startGateway();
  for (let more = 0; more < 250; more += 1) sockets.push(await follow(second.url));
  await count('750 subscribers, 2 gateways');
  for (const { socket } of sockets) socket.terminate();
}
