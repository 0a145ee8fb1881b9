import { followLog, pause, report, startWorld } from './world.ts';

const bursts = 15;
const linesPerBurst = 4_000;
const silence = 80_000;

/** One of three subscribers reads nothing for 20 s while 60,000 lines of 1 KiB pass; another never reads again. */
export async function stall(): Promise<void> {
  await using world = await startWorld({ source: 'logs: { intervalMs: 300, maxIntervalMs: 1000 }' });
  const gateway = await world.startGateway();
  const { id, runId, jobId } = await world.startRun(gateway, 'sleep 3600');
  const [reader, stalled, silent] = await Promise.all([followLog(gateway, id), followLog(gateway, id), followLog(gateway, id)]);
  stalled.pause();
  silent.pause();
  const began = performance.now();
  let peak = await gateway.memory();
  const before = peak;
  const watching = setInterval(() => void gateway.memory().then((now) => (peak = Math.max(peak, now))), 200);
  for (let burst = 0; burst < bursts; burst += 1) {
    world.sandbox.control.writeLog({ runID: runId, step: 'main', count: linesPerBurst, bytes: 1024 });
    await pause(Math.max(0, began + (burst + 1) * (20_000 / bursts) - performance.now()));
  }
  stalled.resume();
  world.sandbox.control.finishJob(jobId, 'succeeded');
  const reasons = await Promise.all([reader.done, stalled.done]);
  const finished = performance.now() - began;
  await pause(Math.max(0, began + silence - performance.now()));
  silent.resume(); // what the kernel still holds comes first, then the end
  const { code } = await silent.socket.closed;
  const resumed = await followLog(gateway, id, silent.cursor());
  await resumed.done;
  clearInterval(watching);
  const expected = world.sandbox.control.logOf(runId, jobId).trimEnd().split('\n');
  const same = (texts: readonly string[]) =>
    texts.length === expected.length && texts.every((text, index) => text === expected[index])
      ? 'all, in order'
      : `${texts.length} of ${expected.length}`;
  report(
    `lines written: ${expected.length} of 1 KiB within ${(20).toFixed(0)} s; streams ended ${reasons.join(', ')} after ${(finished / 1000).toFixed(1)} s`,
  );
  report(
    `the reader got ${same(reader.texts)}; the one that stalled for 20 s got ${same(stalled.texts)}; gaps: ${[...reader.gaps, ...stalled.gaps].join() || 'none'}`,
  );
  report(
    `the silent one was closed with ${code} when it read again after ${silence / 1000} s, and got, by resuming, ${same([...silent.texts, ...resumed.texts])}`,
  );
  report(`memory of the gateway, MiB: ${before.toFixed(0)} before, ${peak.toFixed(0)} at its peak`);
  for (const { socket } of [reader, stalled, resumed]) socket.socket.terminate();
}
