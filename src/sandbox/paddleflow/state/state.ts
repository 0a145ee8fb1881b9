import { createHash } from 'node:crypto';
import type { Cipher } from '../wire/marker.ts';
import { createCipher } from '../wire/marker.ts';
import type { Execution, Job } from '../workflow/types.ts';
import { JobBook } from './job-book.ts';
import type { Due, Mover } from './movers.ts';
import { Movers } from './movers.ts';
import type { JobRow } from './job-rows.ts';
import type {
  ArtifactRow,
  CacheRow,
  ClusterRow,
  FileSystemRow,
  FlavourRow,
  FsCacheRow,
  GrantRow,
  LinkRow,
  PipelineRow,
  PipelineVersionRow,
  QueueRow,
  RunRow,
  ScheduleRow,
  UserRow,
} from './rows.ts';
import { executionOf, isFinal, runNumber } from './runs.ts';
import { noteJobs, noteStatus } from './step-jobs.ts';
import { Scheduler } from './scheduler.ts';
import { Table } from './table.ts';
import type { Zone } from '../../kit/zone.ts';
import { createZone } from '../../kit/zone.ts';

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
  /** Before v0.14.1, queues were closed before they were deleted (2.3). */
  readonly era?: 'v0.13';
  /** Default: SQLite, where some refusals of others do not happen or have another code (2.1, 2.5, 2.12). */
  readonly database?: 'mysql';
  /** Default: one cluster, as shipped, which is there from the start, as its queue is (2.3). */
  readonly clusters?: 'several';
  /** Default: only clusters of type K3S need one (2.12). */
  readonly kubernetesCredential?: 'needed';
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
  readonly links = new Table<LinkRow>();
  readonly fsCaches = new Table<FsCacheRow>();
  readonly artifacts = new Table<ArtifactRow>();
  readonly schedules = new Table<ScheduleRow>();
  readonly jobs = new JobBook();
  readonly scheduler = new Scheduler();
  /** Outlive their runs, because jobs do (2.7). */
  readonly executions = new Map<string, Execution>();
  /** Ordered through the control port: some lists come back empty (2.7). */
  databaseDown = false;
  /** Jobs with a sample that is no number (2.14), ordered as well. */
  readonly nanJobs = new Set<string>();
  readonly #movers = new Movers();
  readonly #moversOfRuns = new WeakMap<RunRow, Mover>();
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

  /** Everything due until `to` happens, in its order over all that moves, so that it does not matter in how many steps time goes on. */
  advanceTo(to: number): void {
    for (let next = this.#movers.first(to); next !== undefined; next = this.#movers.first(to)) {
      this.#now = Math.max(this.#now, next.at);
      this.#advance(next);
    }
    this.#now = Math.max(this.#now, to);
  }

  /** A flaw of ours in one run or schedule leaves it where it is; it must not take the whole server along. */
  #advance({ mover, at }: Due): void {
    try {
      mover.advance(at);
    } catch (error) {
      this.#movers.delete(mover);
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }

  /** From now on it goes on by itself. */
  move(mover: Mover): void {
    this.#movers.add(mover);
  }

  rest(mover: Mover): void {
    this.#movers.delete(mover);
  }

  /** To be called after anything from outside was done to a run's execution. */
  wake(run: RunRow): void {
    noteJobs(run, this);
    if (run.frozen === undefined && executionOf(run) !== undefined) this.#movers.add(this.#moverOf(run));
  }

  /** The same for a job. */
  wakeJob(row: JobRow): void {
    const run = row.runID === '' ? undefined : this.run(row.runID);
    if (run !== undefined) this.wake(run);
    if (row.mover === undefined) return;
    noteStatus(row, this.now);
    this.#movers.add(row.mover);
  }

  freeze(run: RunRow): void {
    noteJobs(run, this);
    run.frozen ??= new Set();
    this.#movers.delete(this.#moverOf(run));
  }

  run(runID: string): RunRow | undefined {
    const run = this.runs.byNumber(runNumber(runID));
    return run?.runID === runID ? run : undefined;
  }

  /** A job of any run, deleted runs included. Ids are all lower case. */
  job(jobID: string): Job | undefined {
    return this.jobs.find(jobID)?.job;
  }

  /** The hexadecimal parts of ids: the same text always gives the same digits, at most 64. */
  hex(text: string, digits: number): string {
    return createHash('sha256').update(`${this.birth.at}/${text}`).digest('hex').slice(0, digits);
  }

  /** The same text always gives the same one. */
  uuid(text: string): string {
    return this.hex(text, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  #moverOf(run: RunRow): Mover {
    const known = this.#moversOfRuns.get(run);
    if (known !== undefined) return known;
    const mover: Mover = {
      order: [0, run.number],
      nextAt: () => executionOf(run)?.nextAt(),
      advance: (at) => {
        const execution = executionOf(run);
        execution?.advance(at);
        noteJobs(run, this);
        if (isFinal(execution?.status() ?? '')) this.rest(mover);
      },
    };
    this.#moversOfRuns.set(run, mover);
    return mover;
  }
}
