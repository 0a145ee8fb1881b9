import { expect, test } from 'vitest';
import type { WireFault } from '../../src/sandbox/paddleflow/index.ts';
import { eventually, startBench } from '../support/bench.ts';
import { createRun, follow, gapsOf, textsOf } from '../live/helpers.ts';
import { advanceUntil, archivedOf, jobOf, plain, sleeper } from './steps.ts';

const kinds: readonly Omit<WireFault, 'path'>[] = [
  { kind: 'empty-pages' },
  { kind: 'no-containers' },
  { kind: 'empty-list' },
  { kind: 'empty-runtime' },
  { kind: 'garbage' },
  { kind: 'cut' },
  { kind: 'cut-body' },
  { kind: 'empty-body' },
  { kind: 'status', status: 500, code: '' },
  { kind: 'status', status: 302, body: '<html>' },
];
const paths = ['/log/run/', 'pageNo=1&', 'logFilePosition=begin', 'logFilePosition=end', 'pageNo=[2-9]', '/run/run-', '/v1/'];

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Windows of faults of any kind around the end of a step; with `collected`, its pod goes before the faults do. */
test.each([...[1, 2, 3, 4].map((seed) => ({ seed, collected: false })), ...[7, 9].map((seed) => ({ seed, collected: true }))])(
  'whatever fails around the end of a step, its log is whole, or a gap says so: %j',
  async ({ seed, collected }) => {
    const random = mulberry32(seed);
    const upTo = (most: number) => Math.floor(random() * (most + 1));
    const one = <T>(list: readonly T[]): T => list[upTo(list.length - 1)] as T; // lists are not empty
    const retention = collected ? { succeededMs: 3_000, failedMs: 3_000 } : {};
    const logs = { intervalMs: 20, maxIntervalMs: 60, finalMs: 40, silentMs: 1_000, retention };
    await using bench = await startBench({ source: { logs, poll: { intervalMs: 20, settleMs: 60, auditMs: 5, auditEveryMs: 3_600_000 } } });
    await bench.synced();
    const { id, runId } = await createRun(bench, sleeper);
    const jobId = await jobOf(bench, id);
    await using log = await follow(bench, 'runLog', { id });
    await log.next();
    const calls = () => bench.control.calls().length;
    const end = 2 + upTo(2);
    for (let act = 0; act < 6; act += 1) {
      bench.control.clearFaults();
      for (let count = upTo(2); count > 0; count -= 1) {
        const fault = one(kinds);
        const times = 1 + upTo(fault.kind.startsWith('cut') ? 5 : 40); // a source that does not answer is not asked often
        bench.control.orderFault({ ...fault, path: one(paths), times });
      }
      if (act < end)
        bench.control.writeLog({ runID: runId, jobID: jobId, count: one([1, upTo(99), 100, upTo(1_500)]), bytes: one([10, 200]) });
      if (act === end) bench.control.finishJob(jobId, one(['succeeded', 'failed']));
      bench.control.advance(500);
      const before = calls();
      const most = upTo(15);
      await eventually(() => calls() >= before + most);
    }
    const whole = plain(bench.control.logOf(runId, jobId));
    if (collected) bench.control.advance(4_000_000);
    bench.control.clearFaults();
    await advanceUntil(bench, log.toEnd());
    const texts = textsOf(log.items);
    const gaps = gapsOf(log.items);
    expect(texts).toEqual(whole.slice(0, texts.length)); // nothing twice, nothing in between
    // What was not seen to be whole before the pod went may be missing, whether it is or not.
    expect(collected || texts.length === whole.length).toBe(true);
    expect(gaps.length > 0).toBe(texts.length < whole.length || (collected && gaps.length > 0));
    expect(await archivedOf(bench, id)).toBe(gaps.length > 0 ? 'GAPS' : 'COMPLETE');
    expect(log.items.at(-1)?.endReason).toBe('COMPLETED');
  },
);
