import type { ContainerJob } from './job.ts';
import type { Slots } from './slots.ts';
import type { Timeline } from './timeline.ts';
import type { Trace } from './trace.ts';
import type { RunPlan, StartOptions } from './types.ts';

/** What the parts of one run share. */
export interface RunContext {
  readonly plan: RunPlan;
  readonly options: StartOptions;
  readonly timeline: Timeline;
  readonly slots: Slots;
  readonly trace: Trace;
  /** What stands in artifacts, by their path on the file system. */
  readonly contents: Map<string, string>;
  /** In order of creation. */
  readonly jobs: ContainerJob[];
  /** Full names such as `dag1.b`. */
  readonly disabled: ReadonlySet<string>;
  /** A component got a new state: the run's `updateTime` moves (section 5). */
  touch(at: number): void;
  /** A component failed, or was terminated without a request: the failure options decide what follows (7.9). */
  fail(): void;
  /** Lets everything happen that has become possible. To be called after each change that came from outside or from time. */
  settle(at: number): void;
}

/** Why components are stopped or never begun. */
export type Signal = 'stop' | 'failure';

/** What a component says that never began. The slips of spelling, here and below, are the server's (5.1). */
export function cancelMessage(signal: Signal, { failureOptions }: Pick<RunPlan, 'failureOptions'>): string {
  if (signal === 'stop') return 'receive stop signall';
  return failureOptions.strategy === 'fail_fast'
    ? 'receive failure options signal'
    : 'begin to process FailureOptions, some step or dag run failed';
}

/** The same of post_process, on a forced stop. */
export const forcedStopMessage = 'reveice termination signal';

const FINAL: readonly string[] = ['succeeded', 'failed', 'terminated', 'cancelled', 'skipped'];
export const isFinal = (status: string): boolean => FINAL.includes(status);
/** What lets downstream components begin, and what a retry keeps. */
export const isGood = (status: string): boolean => status === 'succeeded' || status === 'skipped';
