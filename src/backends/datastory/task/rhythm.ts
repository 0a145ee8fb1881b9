import type { DataStorySourceConfig } from '../config.ts';

const hourMs = 3_600_000;
const growth = 1.5;
/** Of the pause, to either side: tasks that were submitted together are not asked for together for ever. */
const jitter = 0.2;

/**
 * How long to wait before a task is asked for again, in milliseconds (contract 3). `asked`: how often it has been. `ageMs`: since its submission; a task
 * that has not ended after `giveUpHours` may still do so, and is asked for once an hour. `random`: from 0 up to 1.
 */
export function pauseMs(poll: DataStorySourceConfig['poll'], asked: number, ageMs: number, random: () => number = Math.random): number {
  const { intervalMs, maxIntervalMs, giveUpHours } = poll;
  const pause = ageMs > giveUpHours * hourMs ? hourMs : Math.min(intervalMs * growth ** asked, Math.max(intervalMs, maxIntervalMs));
  return pause * (1 + jitter * (2 * random() - 1));
}
