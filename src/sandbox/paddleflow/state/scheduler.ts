import { HungRequest } from '../wire/errors.ts';
import type { ScheduleRow } from './rows.ts';

/**
 * The one thing that looks after all schedules, and listens between two looks to who makes, stops or deletes one (2.11). A crontab that never
 * fires is one that it searches without end: from then on it does nothing and hears nobody, and a restart finds the row and begins anew.
 */
export class Scheduler {
  #spins = false;

  /** Whether nothing is started any more. */
  get spins(): boolean {
    return this.#spins;
  }

  /** Of a schedule that runs, whenever its next time was looked for. */
  look({ nextRunAt }: Pick<ScheduleRow, 'nextRunAt'>): void {
    if (nextRunAt === undefined) this.#spins = true;
  }

  /** To be called when the row is written. Throws where the scheduler does not listen: whoever called waits for ever. */
  tell(): void {
    if (this.#spins) throw new HungRequest(true);
  }

  /** The server was started again, on these rows. */
  restart(schedules: readonly ScheduleRow[]): void {
    this.#spins = false;
    for (const schedule of schedules) if (schedule.status === 'running') this.look(schedule);
  }
}
