import type { ScheduleRow } from '../state/rows.ts';
import type { Mover } from '../state/movers.ts';
import type { State } from '../state/state.ts';
import type { Cron } from './cron.ts';
import { activeRuns, makePlace, skipDue, startDue } from './firing.ts';

/** A schedule that runs: it does what is due, until its end or a stop (2.11). */
export class ScheduleMover implements Mover {
  readonly order: Mover['order'];
  readonly #schedule: ScheduleRow;
  readonly #cron: Cron;
  readonly #state: State;

  constructor(schedule: ScheduleRow, cron: Cron, state: State) {
    this.order = [2, schedule.number];
    this.#schedule = schedule;
    this.#cron = cron;
    this.#state = state;
  }

  nextAt(): number | undefined {
    const { status, nextRunAt = Infinity, endAt = Infinity, options } = this.#schedule;
    if (status !== 'running') return undefined;
    if (this.#state.scheduler.spins) return Infinity;
    if (nextRunAt > endAt || !this.#isFull() || options.concurrencyPolicy !== 'suspend') return Math.min(nextRunAt, endAt);
    // Held back until one of its runs ends, or until it is too old.
    return Math.min(options.expireInterval === 0 ? Infinity : nextRunAt + (options.expireInterval + 1) * 1000, endAt);
  }

  advance(): void {
    const { options, endAt = Infinity } = this.#schedule;
    const { now } = this.#state;
    for (let due = this.#schedule.nextRunAt; due !== undefined && due <= Math.min(now, endAt); due = this.#schedule.nextRunAt) {
      const expired = options.expireInterval !== 0 && now - due > options.expireInterval * 1000;
      const full = this.#isFull();
      if (expired) skipDue(this.#schedule, due, 'skipped, scheduled time has expired', this.#state);
      else if (!full) startDue(this.#schedule, due, this.#state);
      else if (options.concurrencyPolicy === 'skip')
        skipDue(this.#schedule, due, 'skipped, concurrency has reached its limit', this.#state);
      else if (options.concurrencyPolicy === 'suspend') break;
      else {
        makePlace(this.#schedule, this.#state);
        startDue(this.#schedule, due, this.#state);
      }
      this.#schedule.nextRunAt = this.#cron.next(due);
      this.#schedule.updatedAt = now;
      this.#state.scheduler.look(this.#schedule);
    }
    if (now < endAt) return;
    this.#schedule.status = 'success';
    this.#schedule.updatedAt = now;
  }

  #isFull(): boolean {
    const { concurrency } = this.#schedule.options;
    const active = activeRuns(this.#schedule).length;
    return concurrency > 0 && active >= concurrency;
  }
}
