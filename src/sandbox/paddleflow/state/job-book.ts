import type { JobRow } from './job-rows.ts';
import { Table } from './table.ts';

/** The job table: steps' jobs beside those that were asked for one by one. */
export class JobBook {
  readonly rows = new Table<JobRow>();
  readonly #byID = new Map<string, JobRow>();

  find(jobID: string): JobRow | undefined {
    return this.#byID.get(jobID);
  }

  add(row: JobRow): JobRow {
    this.#byID.set(row.jobID, row);
    return this.rows.add(row);
  }

  delete(row: JobRow): void {
    this.#byID.delete(row.jobID);
    this.rows.delete(row);
  }

  /** With everything that a run's steps left here. */
  forgetRun(runID: string): void {
    for (const row of this.rows.all().filter((job) => job.runID === runID)) this.delete(row);
  }
}
