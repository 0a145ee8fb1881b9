import { describe, expect, test } from 'vitest';
import type { ReadPage } from '../../../../src/backends/paddleflow/run-log/log-page.ts';
import { freshTask, readTask } from '../../../../src/backends/paddleflow/run-log/read-task.ts';
import { KubernetesLog } from './kubernetes-log.ts';

/** What a copier has: the lines in order, and `null` where a gap is told. */
function createCopy(log: KubernetesLog) {
  let state = freshTask;
  const copied: (string | null)[] = [];
  let calls = 0;
  const copy = {
    copied,
    calls: () => calls,
    state: () => state,
    lines: () => copied.filter((line) => line !== null),
    gaps: () => copied.filter((line) => line === null).length,
    /** One turn: until nothing more can be read at once. `meanwhile` happens before each page. */
    async turn(meanwhile: () => void = () => {}): Promise<void> {
      const readPage: ReadPage = async (page) => {
        meanwhile();
        calls += 1;
        return log.page(page);
      };
      for (let more = true; more;) {
        const read = await readTask(state, readPage);
        if (read.gap) copied.push(null);
        copied.push(...read.lines);
        ({ state, more } = read);
      }
    },
  };
  return copy;
}

const cases: [string, (log: KubernetesLog, copy: ReturnType<typeof createCopy>) => Promise<void>, { gaps?: number; lost?: number }?][] = [
  ['an empty log', async (_log, copy) => copy.turn()],
  [
    'a log of one line',
    async (log, copy) => {
      log.write(1, 10);
      await copy.turn();
    },
  ],
  [
    'exactly one page, then one line more',
    async (log, copy) => {
      log.write(100, 10);
      await copy.turn();
      log.write(1, 10);
      await copy.turn();
    },
  ],
  [
    'a partial last page that grows line by line',
    async (log, copy) => {
      for (let count = 0; count < 230; count += 1) {
        log.write(1, 10);
        await copy.turn();
      }
    },
  ],
  [
    'more than 500,000 bytes, the ceiling within a line',
    async (log, copy) => {
      log.write(2_000, 1_000);
      await copy.turn();
    },
  ],
  [
    'a first line longer than the ceiling',
    async (log, copy) => {
      log.write(1, 600_000);
      await copy.turn();
      log.write(3, 10);
      await copy.turn();
    },
  ],
  [
    'bursts of 4,000 lines behind the ceiling',
    async (log, copy) => {
      log.write(600, 1_000);
      await copy.turn();
      for (let burst = 0; burst < 3; burst += 1) {
        log.write(4_000, 1_000);
        await copy.turn();
      }
    },
  ],
  [
    'growth by 30 lines before each page',
    async (log, copy) => {
      log.write(700, 1_000);
      await copy.turn();
      log.write(1_500, 100);
      await copy.turn(() => log.write(30, 100));
      await copy.turn();
    },
  ],
  [
    'growth by 250 lines before each of three pages',
    async (log, copy) => {
      log.write(700, 1_000);
      await copy.turn();
      log.write(1_500, 100);
      let grown = 0;
      await copy.turn(() => (grown += 1) <= 3 && log.write(250, 100));
      await copy.turn();
    },
  ],
  [
    'a burst of 7,000 lines: 2,000 of them are out of reach, and a gap says so',
    async (log, copy) => {
      log.write(600, 1_000);
      await copy.turn();
      log.write(7_000, 100);
      await copy.turn();
    },
    { gaps: 1, lost: 2_000 },
  ],
  [
    'a rotation that keeps what was not read yet',
    async (log, copy) => {
      log.write(150, 100);
      await copy.turn();
      log.write(60, 100);
      log.rotate(80);
      await copy.turn();
      log.write(10, 100);
      await copy.turn();
    },
  ],
  [
    'a rotation at the border of a page',
    async (log, copy) => {
      log.write(200, 100);
      await copy.turn();
      log.write(300, 100);
      log.rotate(310);
      await copy.turn();
    },
  ],
  [
    'a rotation that takes lines along that nobody has read: a gap',
    async (log, copy) => {
      log.write(200, 100);
      await copy.turn();
      log.write(300, 100);
      log.rotate(120);
      await copy.turn();
    },
    { gaps: 1, lost: 180 },
  ],
];

test.each(cases)('%s', async (_name, happen, { gaps = 0, lost = 0 } = {}) => {
  const log = new KubernetesLog();
  const copy = createCopy(log);
  await happen(log, copy);
  expect(copy.gaps()).toBe(gaps);
  expect(copy.lines()).toHaveLength(log.written.length - lost);
  expect(faithful(log.written, copy.copied)).toBe(log.written.length);
});

test('a quiet log costs one call a turn, and fifty full pages cost hardly more than fifty', async () => {
  const log = new KubernetesLog();
  const copy = createCopy(log);
  log.write(5_000, 10);
  await copy.turn();
  expect(copy.calls()).toBeLessThan(60);
  const before = copy.calls();
  await copy.turn();
  expect(copy.calls()).toBe(before + 1);
});

test('a log that cannot be read for a while is read on from where it was', async () => {
  const log = new KubernetesLog();
  const copy = createCopy(log);
  log.write(140, 10);
  await copy.turn();
  const before = copy.state();
  expect(await readTask(before, async () => ({ content: '', hasNextPage: false, truncated: false }))).toEqual({
    state: before,
    lines: [],
    gap: false,
    more: false,
    seen: 'unreadable',
  });
  expect(await readTask(before, async () => undefined)).toEqual({ state: before, lines: [], gap: false, more: false, seen: 'absent' });
  log.write(10, 10);
  await copy.turn();
  expect(copy.copied).toEqual(log.written);
});

describe('random lives of a log', () => {
  test.each(Array.from({ length: 30 }, (_, seed) => seed + 1))(
    'nothing is lost or doubled unless a gap says so (seed %i)',
    async (seed) => {
      const random = mulberry32(seed);
      const upTo = (most: number) => Math.floor(random() * (most + 1));
      const log = new KubernetesLog();
      const copy = createCopy(log);
      const bytes = [5, 40, 300, 3_000][upTo(3)] ?? 5;
      log.write(1, bytes); // what a rotation took before the first look, nobody can know
      await copy.turn();
      for (let turn = 0; turn < 15; turn += 1) {
        log.write([0, 1, upTo(20), upTo(300), upTo(2_000)][upTo(4)] ?? 0, bytes);
        if (upTo(12) === 0) log.rotate(upTo(400));
        let pages = 0;
        await copy.turn(() => {
          if ((pages += 1) > 200) return; // a log that never rests is never read to its end
          if (upTo(5) === 0) log.write(upTo(150), bytes);
          if (upTo(80) === 0) log.rotate(upTo(300));
        });
      }
      await copy.turn();
      await copy.turn();
      expect(faithful(log.written, copy.copied)).toBe(log.written.length);
    },
  );
});

/** How many lines it ends with, if all are in order, each once, and nothing is missing but at a gap. */
function faithful(written: readonly string[], copied: readonly (string | null)[]): number {
  const numberOf = new Map(written.map((line, index) => [line, index]));
  let last = -1;
  let gap = false;
  for (const line of copied) {
    if (line === null) {
      gap = true;
      continue;
    }
    const number = numberOf.get(line) ?? Number.NaN;
    if (gap ? !(number > last) : number !== last + 1) throw new Error(`line ${number} after line ${last}${gap ? ' and a gap' : ''}`);
    last = number;
    gap = false;
  }
  return last + 1;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
