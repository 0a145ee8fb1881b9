import { openSocket } from '../support/socket.ts';
import { median, operation, report, startWorld } from './world.ts';

/** From a state change in the sandbox to the WebSocket message, with the default interval of 3 s. */
export async function latency(changes = 10): Promise<void> {
  await using world = await startWorld();
  const gateway = await world.startGateway();
  const { id, runId } = await world.startRun(gateway, 'sleep 3600');
  const socket = await openSocket(gateway.url);
  const stream = socket.start({ query: await operation('FollowRun'), variables: { id } });
  const seen = async (rawState: string) => {
    for (;;) {
      const { data } = await stream.next<{ runChanged: { event?: { rawState: string } } }>();
      if (data?.runChanged.event?.rawState === rawState) return;
    }
  };
  const took: number[] = [];
  for (let change = 0; change < changes; change += 1) {
    const word = `measured-${change}`;
    const began = performance.now();
    world.sandbox.control.setRawStatus(runId, word);
    await seen(word);
    took.push(performance.now() - began);
  }
  socket.socket.terminate();
  report(
    `state change to WebSocket message, ms: median ${median(took).toFixed(0)}, worst ${Math.max(...took).toFixed(0)} of ${changes} (interval 3000)`,
  );
}
