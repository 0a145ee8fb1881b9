import { once } from 'node:events';
import { followLog, pause, report, startWorld } from './world.ts';

/** The gateway is killed in mid-log and started again; the client goes on from its last cursor. */
export async function resume(): Promise<void> {
  await using world = await startWorld();
  let gateway = await world.startGateway();
  const { id, runId, jobId } = await world.startRun(gateway, 'for i in $(seq 1 2000); do echo line $i; sleep 0.02; done');
  const texts: string[] = [];
  let after: string | undefined;
  let kills = 0;
  for (;;) {
    const follower = await followLog(gateway, id, after);
    const reason = await Promise.race([follower.done.catch(() => undefined), pause(12_000)]);
    if (!reason) {
      kills += 1;
      gateway.child.kill('SIGKILL');
      await once(gateway.child, 'exit');
      await follower.socket.closed; // what was on its way has come
    }
    texts.push(...follower.texts);
    if (reason) break;
    after = follower.cursor();
    gateway = await world.startGateway();
  }
  const expected = world.sandbox.control.logOf(runId, jobId).trimEnd().split('\n');
  const whole = texts.length === expected.length && texts.every((text, index) => text === expected[index]);
  report(
    `after ${kills} kill -9 in mid-log: ${texts.length} of ${expected.length} lines, ${whole ? 'none missing, none twice' : 'NOT AS WRITTEN'}`,
  );
}
