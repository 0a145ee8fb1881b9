import type { CommonFaultKind, WireFault as CommonWireFault } from '../../kit/wire-faults.ts';

/**
 * Everything that can be ordered through the control port beside the API. Orders change the server's state and are journalled; wire faults
 * strike on the way to the client and end with the process.
 */

export type Order =
  | ({ readonly op: 'write-log' } & LogBurst)
  | { readonly op: 'finish-job'; readonly jobID: string; readonly result: 'succeeded' | 'failed' }
  | ({ readonly op: 'insert-runs' } & RunBatch)
  | { readonly op: 'skip-run-numbers'; readonly count: number }
  /** Numbers, first and last of each range, that runs had which the journal has forgotten. */
  | { readonly op: 'used-run-numbers'; readonly ranges: readonly (readonly [number, number])[] }
  /** A word that the server shows in place of the run's status; null takes it back. */
  | { readonly op: 'raw-status'; readonly runID: string; readonly status: string | null }
  /** A queue that is `closing`, `closed` or `unavailable`: no call of the API makes one (4.6). */
  | { readonly op: 'queue-status'; readonly queueName: string; readonly status: string }
  /** A file in a file system, for runs and pipelines made from a path. */
  | { readonly op: 'put-file'; readonly fsID: string; readonly path: string; readonly text: string }
  | ({ readonly op: 'state-fault' } & StateFault)
  | { readonly op: 'clear-state-faults' }
  /** What a restart of the server does to a scheduler that had stopped listening (2.11). */
  | { readonly op: 'restart-scheduler' }
  /** The demo's way to keep its journal short: the run goes with its jobs and cache records, as if it had never been. */
  | { readonly op: 'forget-run'; readonly runID: string };

/** Lines for a container that is running. Either `lines` as they are, or `count` made-up ones. */
export interface LogBurst {
  readonly runID: string;
  /** One of both names the job; of several jobs of a step (a loop) the last one is meant. */
  readonly step?: string;
  readonly jobID?: string;
  readonly lines?: readonly string[];
  /** Made-up lines read `<prefix><running number in the job> xxxx…`. */
  readonly count?: number;
  /** Length of each made-up line without time stamp and line end; default 60. */
  readonly bytes?: number;
  /** Default `line `. */
  readonly prefix?: string;
}

/** Finished runs in bulk, cheap for the sandbox: their steps are made up when somebody asks. */
export interface RunBatch {
  readonly count: number;
  /** Any word; default `succeeded`. An unfinished one stays as it is, and a stop finds its workflow lost. */
  readonly status?: string;
  /** Default `root`. */
  readonly owner?: string;
  /** Default `batch`; every run gets the same name. */
  readonly name?: string;
  readonly source?: string;
  readonly fsName?: string;
  readonly description?: string;
  /** Milliseconds since the epoch of the first run; default: so that the last one was made just now. */
  readonly firstCreatedAt?: number;
  /** Between two runs; default 1. */
  readonly createTimeStepSeconds?: number;
  /** Between a run's start and its end; default 30. */
  readonly durationSeconds?: number;
  /** Unused numbers after every run; default 0. */
  readonly holes?: number;
}

export type StateFault =
  /** A stop of this run never comes to its end (4.1). */
  | { readonly kind: 'stuck-terminating'; readonly runID: string }
  /** A stop of this run answers `workflow ptr is lost` (2.7). */
  | { readonly kind: 'lost-workflow'; readonly runID: string }
  /** Every list page with this run is empty, its detail answers `""` 500 (2.7). */
  | { readonly kind: 'undecodable-run'; readonly runID: string }
  /** The job's statistics in detail are a 200 without a body (2.14). */
  | { readonly kind: 'nan-sample'; readonly jobID: string }
  /** Lists of runs, grants, queues (and run caches, artifacts) are empty 200s (2.7). */
  | { readonly kind: 'database-down' };

/** What this server can be ordered to do wrong on the wire: what any can, and what only it does. */
export type WireFaultKind =
  | CommonFaultKind
  /** 200 with an empty list of that endpoint. */
  | 'empty-list'
  /** 200 whose log pages are empty, as when Kubernetes does not let them be read (2.13). */
  | 'empty-pages'
  /** 200 whose jobs have no containers, as when their pods are gone (2.13). */
  | 'no-containers'
  /** 200 with a run that has neither steps nor dags. */
  | 'empty-runtime'
  /** `POST /run` answers `{"runID": ""}` and leaves a run `initiating`; a retry answers the same and rewrites the old run (2.7). */
  | 'empty-run-id'
  /** A retry answers 500 and leaves a copy with the old end behind (2.7). */
  | 'retry-stray'
  /** A retry's new run shows the old end for `ms` of sandbox time (2.7). */
  | 'retry-slow';
export type WireFault = CommonWireFault<WireFaultKind>;

export type Fault = WireFault | StateFault;
