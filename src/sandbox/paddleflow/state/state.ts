import { createHash } from 'node:crypto';
import type { Cipher } from '../wire/marker.ts';
import { createCipher } from '../wire/marker.ts';
import type { Execution, Job } from '../workflow/types.ts';
import type {
  CacheRow,
  ClusterRow,
  FileSystemRow,
  FlavourRow,
  GrantRow,
  PipelineRow,
  PipelineVersionRow,
  QueueRow,
  RunRow,
  UserRow,
} from './rows.ts';
import { executionOf, isFinal, runNumber } from './runs.ts';
import { Table } from './table.ts';
import type { Zone } from './zone.ts';
import { createZone } from './zone.ts';

/** Milliseconds between the states of a step: sent to the cluster, container started, end seen by the engine (8.1). */
export interface Pace {
  readonly toPending: number;
  readonly toRunning: number;
  readonly engineLag: number;
}

/** What is settled at a sandbox's first start and kept in its journal. */
export interface Birth {
  /** The sandbox's own time of its first moment. */
  readonly at: number;
  readonly zone: string;
  readonly pace: Pace;
  /** Hexadecimal: signs tokens, encrypts markers (16 bytes). */
  readonly tokenKey: string;
  readonly markerKey: string;
  /** -1: tokens never expire, as shipped (1.3). */
  readonly tokenExpirationHours: number;
}

/** The whole server but its clock: a function of its birth, of the commands done on it, and of the moment it was advanced to. */
export class State {
  readonly birth: Birth;
  readonly zone: Zone;
  readonly cipher: Cipher;
  readonly users = new Table<UserRow>();
  readonly grants = new Table<GrantRow>();
  readonly queues = new Table<QueueRow>();
  readonly flavours = new Table<FlavourRow>();
  readonly clusters = new Table<ClusterRow>();
  readonly fileSystems = new Table<FileSystemRow>();
  readonly pipelines = new Table<PipelineRow>();
  readonly pipelineVersions = new Table<PipelineVersionRow>();
  readonly runs = new Table<RunRow>();
  readonly caches = new Table<CacheRow>();
  /** Outlive their runs, because jobs do (2.7). */
  readonly executions = new Map<string, Execution>();
  /** Ordered through the control port: some lists come back empty (2.7). */
  databaseDown = false;
  readonly #moving = new Set<RunRow>();
  #now: number;

  constructor(birth: Birth) {
    this.birth = birth;
    this.zone = createZone(birth.zone);
    this.cipher = createCipher(Buffer.from(birth.markerKey, 'hex'));
    this.#now = birth.at;
  }

  get now(): number {
    return this.#now;
  }

  /** Everything due until `to` happens, in its order over all runs, so that it does not matter in how many steps time goes on. */
  advanceTo(to: number): void {
    for (let next = this.#nextDue(to); next !== undefined; next = this.#nextDue(to)) {
      this.#now = Math.max(this.#now, next.at);
      next.execution.advance(next.at);
      if (isFinal(next.execution.status())) this.#moving.delete(next.run);
    }
    this.#now = Math.max(this.#now, to);
  }

  /** To be called after anything from outside was done to a run's execution. */
  wake(run: RunRow): void {
    if (!run.frozen && executionOf(run) !== undefined) this.#moving.add(run);
  }

  freeze(run: RunRow): void {
    run.frozen = true;
    this.#moving.delete(run);
  }

  run(runID: string): RunRow | undefined {
    const run = this.runs.byNumber(runNumber(runID));
    return run?.runID === runID ? run : undefined;
  }

  /** A job of any run, deleted ones included. Ids are `job-<runID>-…`, all lower case. */
  job(jobID: string): Job | undefined {
    const runID = /^job-(run-\d{6,})-/.exec(jobID)?.[1] ?? '';
    return this.executions
      .get(runID)
      ?.jobs()
      .find((job) => job.jobID === jobID);
  }

  /** The hexadecimal parts of ids: the same text always gives the same digits, at most 64. */
  hex(text: string, digits: number): string {
    return createHash('sha256').update(`${this.birth.at}/${text}`).digest('hex').slice(0, digits);
  }

  #nextDue(to: number): { run: RunRow; execution: Execution; at: number } | undefined {
    let found: { run: RunRow; execution: Execution; at: number } | undefined;
    for (const run of this.#moving) {
      const execution = executionOf(run);
      const at = execution?.nextAt();
      if (execution === undefined || at === undefined) {
        this.#moving.delete(run);
      } else if (at <= to && (found === undefined || at < found.at || (at === found.at && run.number < found.run.number))) {
        found = { run, execution, at };
      }
    }
    return found;
  }
}
