import { storable } from '../../../core/storable.ts';
import { isFinal } from '../../../execution/state.ts';
import type { Seen } from '../../../execution/store.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { DataStorySourceConfig } from '../config.ts';
import type { WireTask } from '../wire/wire.ts';
import type { Asked, DueTask } from './due.ts';
import { pauseMs } from './rhythm.ts';
import { stateFromWire } from './state.ts';
import { timesFromWire } from './times.ts';
import { wordsOfFailure, wordsOfMisses } from './words.ts';

/** What one look at a task has shown: when it is asked for again, and what is new. */
export interface TaskObservation {
  readonly asked: Asked;
  /** Undefined: nothing. */
  readonly seen: (Seen & { readonly ordinal: number }) | undefined;
}

/** So many looks in a row must have failed before a task is shown as one that cannot be read. */
const mostMisses = 3;

const known = ({ ordinal, key, name, createdAt, startedAt }: DueTask, observedAt: Date) => {
  return { ordinal, key, name, owner: '', createdAt, startedAt, updatedAt: observedAt };
};

/** `observedAt`: when the platform was asked. */
export function observationOf(task: DueTask, wire: WireTask, observedAt: Date, { poll, timeZone }: DataStorySourceConfig): TaskObservation {
  const state = stateFromWire(wire.status);
  const rawState = storable(wire.status);
  const { addedAt, startedAt, finishedAt } = timesFromWire(wire, timeZone, task.sentAt);
  const ended = isFinal(state);
  // One more look settles it.
  const settled = ended && task.finalSince !== null && task.rawState === rawState;
  const askInMs = ended && task.finalSince === null ? pauseMs(poll, 0, 0) : pauseMs(poll, task.asked + 1, task.ageMs);
  return {
    asked: { ordinal: task.ordinal, misses: 0, addedAt, askInMs: settled ? null : askInMs },
    seen: {
      ...known(task, observedAt),
      state,
      rawState,
      message: state === 'FAILED' || state === 'CANCELLED' ? wordsOfFailure(task.email) : '',
      startedAt: startedAt ?? task.startedAt,
      // The moment at which it was first seen, where the platform does not say: that does not move.
      endedAt: ended ? (finishedAt ?? task.endedAt ?? observedAt) : null,
    },
  };
}

/** Whether a failure is about this task, and not about the platform as a whole. */
export const isAboutTask = (error: unknown): error is UpstreamError =>
  error instanceof UpstreamError && (error.fault === 'rejected' || error.fault === 'garbage');

/** The absence of an answer is none: the task stays as it was until several looks have failed, and is asked for further. */
export function missOf(task: DueTask, error: UpstreamError, observedAt: Date, { poll }: DataStorySourceConfig): TaskObservation {
  const { ordinal, rawState, endedAt } = task;
  const misses = task.misses + 1;
  const asked = { ordinal, misses, addedAt: null, askInMs: pauseMs(poll, task.asked + 1, task.ageMs) };
  // What has ended stays ended, whatever the platform forgets.
  if (misses < mostMisses || endedAt !== null) return { asked, seen: undefined };
  return { asked, seen: { ...known(task, observedAt), state: 'UNKNOWN', rawState, message: wordsOfMisses(error), endedAt: null } };
}

/** The platform could not be asked: another time. */
export const laterOf = ({ ordinal, misses, asked, ageMs }: DueTask, { poll }: DataStorySourceConfig): TaskObservation => ({
  asked: { ordinal, misses, addedAt: null, askInMs: pauseMs(poll, asked + 1, ageMs) },
  seen: undefined,
});
