import type { Pace } from './options.ts';
import type { Submission } from './submission.ts';

/** A submitted task without the secrets that came along: those are looked at and dropped (5.8). */
export interface Task extends Submission {
  readonly id: number;
  /** Its name. */
  readonly algorithm: string;
  readonly submittedAt: number;
  readonly pace: Pace;
  /** Set through the control port: it wins over what time says. */
  readonly cancelledAt?: number;
  readonly rawStatus?: string;
  /** Submitted by the demo itself, which forgets it some day. */
  readonly demo?: true;
}

export interface Standing {
  readonly status: 'INITIALING' | 'RUNNING' | 'FINISHED' | 'ERROR' | 'CANCELLED';
  readonly startedAt?: number;
  readonly finishedAt?: number;
}

const lastSegmentOf = (path: string): string => path.split(/[/#]/).findLast((segment) => segment !== '') ?? '';

/**
 * Where a task stands at a moment: INITIALING until `toRunning`, RUNNING until `toFinished`, then FINISHED – or ERROR for input whose last
 * segment begins with `fail-`. `stuck-` waits for resources for ever; `cancel-` is cancelled half-way.
 */
export function standingOf(task: Task, now: number): Standing {
  const { submittedAt, cancelledAt, pace } = task;
  const name = lastSegmentOf(task.inputPath);
  const startedAt = submittedAt + pace.toRunning;
  const finishedAt = submittedAt + pace.toFinished;
  const cancelAt = cancelledAt ?? (name.startsWith('cancel-') ? Math.floor((startedAt + finishedAt) / 2) : undefined);
  if (cancelAt !== undefined && cancelAt <= now && (cancelledAt !== undefined || cancelAt < finishedAt))
    return { status: 'CANCELLED', finishedAt: cancelAt, ...(startedAt <= cancelAt && { startedAt }) };
  if (name.startsWith('stuck-') || now < startedAt) return { status: 'INITIALING' };
  if (now < finishedAt) return { status: 'RUNNING', startedAt };
  return { status: name.startsWith('fail-') ? 'ERROR' : 'FINISHED', startedAt, finishedAt };
}
