/**
 * What the sandbox's server and its workflow engine know of each other. The engine is pure: it never reads a clock, a file or a
 * random number, so that the same commands at the same times always give the same run, also after a restart.
 * All times are milliseconds since the epoch of the sandbox's own clock.
 */

import type { OpenMap } from '../../kit/json-value.ts';
import type { Definition, FsMount } from './structure.ts';

/** A refusal at submission, with the `code` and message of the contract (1.7, 7). */
export interface WorkflowRefusal {
  readonly code: string;
  readonly message: string;
}

/** A parsed and structurally sound pipeline (7.1–7.5). Immutable, may be shared between runs. */
export interface Workflow {
  readonly name: string;
  /** The text as submitted. */
  readonly yaml: string;
  readonly dockerEnv: string;
  /** `fs_options.main_fs.name`, or `""`. */
  readonly mainFsName: string;
  /** Every file system the YAML names: main, extra, of steps. */
  readonly fsNames: readonly string[];
  /** What the YAML says, without its file systems' names resolved or its rules checked. */
  readonly definition: Definition;
}

/** What `POST /run` may override (2.7). */
export interface RunOverrides {
  readonly name?: string;
  readonly fsName?: string;
  readonly parameters?: OpenMap | null;
  readonly dockerEnv?: string;
  /** CSV of full component names; undefined = take the YAML's. */
  readonly disabled?: string;
  readonly failureOptions?: { readonly strategy?: string };
}

/** A workflow with its overrides, checked against every rule of section 7: ready to start. */
export interface RunPlan {
  readonly workflow: Workflow;
  readonly name: string;
  readonly fsName: string;
  readonly dockerEnv: string;
  readonly disabled: string;
  readonly failureOptions: { readonly strategy: 'fail_fast' | 'continue' };
  readonly parameters: OpenMap | null;
  /** The workflow's, with the parameters overridden. */
  readonly definition: Definition;
}

/** A queue, and the cluster behind it. */
export interface QueueFacts {
  readonly id: string;
  readonly namespace: string;
  readonly open: boolean;
  readonly clusterOnline: boolean;
  readonly cluster: {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly endpoint: string;
    readonly credential: string;
  };
}

/** What the engine must ask of the rest of the server while a run goes on. */
export interface World {
  /** A queue by name at this moment; undefined = there is none. */
  queue(name: string): QueueFacts | undefined;
  flavour(name: string): boolean;
  /** True as shipped: a step without PF_JOB_QUEUE_NAME goes to `default-queue` (7.11). */
  readonly singleCluster: boolean;
  /** Cache records (7.12): written when a job is submitted, found by fingerprints. */
  findCache(
    key: { firstFp: string; secondFp: string; fsName: string; source: string },
    at: number,
  ): { runID: string; jobID: string } | undefined;
  addCache(
    record: { firstFp: string; secondFp: string; fsName: string; source: string; runID: string; jobID: string; expiredTime: string },
    at: number,
  ): void;
  /**
   * The status of a job of any run, while it is known. It must be as of the moment of the question: the runs have to be advanced
   * together, always the one with the smallest `nextAt()`.
   */
  jobStatus(jobID: string): string | undefined;
  /** `Job.outputs` of a job of any run; without it a cache hit takes the paths of the same step in the old run. */
  jobOutputs?(jobID: string): Readonly<Record<string, string>> | undefined;
  /** A step was found in the cache: its outputs are recorded anew, under their old paths (2.9). */
  noteCached?(stepName: string, outputs: Readonly<Record<string, string>>, at: number): void;
  /** `Job.content` of a job of any run. */
  jobContent?(jobID: string, artifact: string): string | undefined;
}

/** One timestamped line of a container, without the newline. */
export interface LogLine {
  /** Nanoseconds since the epoch: Kubernetes stamps lines so. */
  readonly timeNs: bigint;
  readonly text: string;
}

/** A job with one pod. Its log can be read by index, so that a long log costs no memory. */
export interface Job {
  readonly jobID: string;
  readonly stepName: string;
  /** Component path in the run, such as `evaluate/score`. */
  readonly path: string;
  readonly queueName: string;
  /** When its row was written. */
  readonly createdAt: number;
  readonly image: string;
  /** Resolved, as is `env`. */
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  /** File systems beside the main one. */
  readonly extraFs: readonly FsMount[];
  /** `<pod uid>_<container name>` (2.13). */
  readonly taskID: string;
  /** Artifact → path on the file system. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  /** What stands in an output artifact once the job has succeeded; undefined: nothing was written. */
  content(artifact: string): string | undefined;
  status(): string;
  message(): string;
  /** When the container began, undefined before that. */
  startedAt(): number | undefined;
  /** When the job became final, undefined before that. */
  finishedAt(): number | undefined;
  /** Of a container that has ended; undefined before that, and without one. */
  exitCode(): number | undefined;
  /** How many lines the container has written up to this moment. */
  lineCount(at: number): number;
  line(index: number): LogLine;
  /** Lines written from outside, through the control port, from `at` on. */
  write(lines: { count: number; text(index: number): string }, at: number): void;
  /** The control port lets a step end early. */
  finish(result: 'succeeded' | 'failed', at: number): void;
  /** `PUT /job/{jobID}?action=stop`: the run takes it for a failure; a job stuck in `terminating` gets free (4.1). */
  stop(at: number): void;
}

/** A run in motion. The server calls `advance(now)` before it looks at anything. */
export interface Execution {
  readonly runID: string;
  readonly plan: RunPlan;
  status(): string;
  runMsg(): string;
  activatedAt(): number | undefined;
  updatedAt(): number;
  /** The next moment at which something changes by itself; undefined = nothing will. */
  nextAt(): number | undefined;
  advance(to: number): void;
  /** The server has already checked that the run may be stopped (2.7). */
  stop(at: number, force: boolean): void;
  /** `runtime` and `postProcess` of section 5, exactly as they go on the wire; `formatTime` writes a moment in the server's local zone. */
  detail(formatTime: (at: number) => string): { runtime: ReadonlyMap<string, unknown>; postProcess: ReadonlyMap<string, unknown> };
  /** In order of creation. */
  jobs(): readonly Job[];
  /** Lines of `submitLog` (2.13), newest last, of the run or of one job; undefined where there are none. */
  submitLog(jobID: string | undefined, formatTime: (at: number) => string): string | undefined;
}

export interface StartOptions {
  readonly runID: string;
  readonly source: string;
  /** The run's owner. */
  readonly userName: string;
  /** The owner of its file systems, which is what steps see as PF_USER_NAME: another one only when root names him (2.7). */
  readonly fsUserName: string;
  readonly at: number;
  readonly world: World;
  /** Makes the hexadecimal parts of ids from a text, so that a replay gives the same ones. */
  hex(seed: string, digits: number): string;
  /** Delays between the states of a step, in milliseconds. */
  readonly pace: { readonly toPending: number; readonly toRunning: number; readonly engineLag: number };
  /** How stuck a stop is to be: faults ordered through the control port. */
  readonly stuckTerminating?: boolean;
}

/** What `workflow/index.ts` exports. A refusal is thrown as `WorkflowError`, which is an Error with `code` and `message`. */
export interface WorkflowEngine {
  parseWorkflow(yaml: string, options: { duplicateKeys: 'refuse' | 'last-wins' }): Workflow;
  planRun(workflow: Workflow, overrides: RunOverrides): RunPlan;
  startExecution(plan: RunPlan, options: StartOptions): Execution;
  /** Keeps what succeeded or was skipped, with the old job ids; runs the rest again (2.7). */
  retryExecution(old: Execution, options: StartOptions): Execution;
}
