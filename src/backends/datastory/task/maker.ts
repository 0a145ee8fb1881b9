import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../../db/database.ts';
import type { Maker, Sighting } from '../../../execution/intent/intents.ts';
import { OutageError } from '../../../problem/problem.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { DataStoryClient } from '../client/client.ts';
import type { DataStorySourceConfig } from '../config.ts';
import { accept, doubt, findByMark, keyOfOrdinal, register, withdraw, type NewTask } from './registry.ts';
import { pauseMs } from './rhythm.ts';
import type { ReadSubmission } from './submission.ts';
import { wordsOfDoubt } from './words.ts';

export interface TaskMakerOptions {
  readonly db: Database;
  readonly config: DataStorySourceConfig;
  readonly client: Pick<DataStoryClient, 'submit'>;
  readonly submission: ReadSubmission;
  readonly task: Omit<NewTask, 'mark'>;
  /** For whom: slots are handed out by turns. */
  readonly caller: string;
  readonly logError: (error: unknown, about?: Record<string, unknown>) => void;
}

/** What has been heard must not be lost because the database was away for a moment. In milliseconds. */
const recordPausesMs = [0, 200, 1_000, 5_000];

/**
 * How a task is made, with a key or without. The platform has no keys and no list (contract 4.4), so the task is in our registry before the one
 * call, under a mark that is used once: whoever comes with it again finds the task, and what is not known of it stays visible there.
 */
export function taskMaker({ db, config, client, submission, task, caller, logError }: TaskMakerOptions): Maker {
  const { source } = task;

  async function recorded(what: string, work: () => Promise<void>): Promise<void> {
    for (const [index, ms] of recordPausesMs.entries()) {
      await delay(ms);
      try {
        return await work();
      } catch (error) {
        if (index === recordPausesMs.length - 1) logError(error, { source, what });
      }
    }
  }

  async function send(mark: string, deadline: number): Promise<string> {
    // Who has slept that long is not waited for any more, and must not leave a row behind.
    if (performance.now() >= deadline) throw new OutageError({ source, fault: 'timeout', code: undefined });
    const ordinal = await register(db, { ...task, mark });
    if (ordinal === undefined) {
      const known = await findByMark(db, mark);
      if (known === undefined) throw new Error('a task has disappeared');
      return keyOfOrdinal(known.ordinal);
    }
    const key = keyOfOrdinal(ordinal);
    try {
      const taskId = await client.submit(submission.algorithm, submission.wire, { caller, deadline });
      // Should it not get into the registry, the log is the last place that has it.
      await recorded(`${key} is the task ${taskId}`, () => accept(db, source, ordinal, taskId, pauseMs(config.poll, 0, 0)));
    } catch (error) {
      if (!(error instanceof UpstreamError) || !error.outcomeUnknown) {
        await recorded(`${key} was refused`, () => withdraw(db, source, ordinal));
        throw error;
      }
      await recorded(`${key} is unconfirmed`, () => doubt(db, source, ordinal, wordsOfDoubt(error)));
    }
    return key;
  }

  /** A task that is known stands for its key, whatever is known of it. */
  const known: Maker['known'] = async (mark) => {
    const row = await findByMark(db, mark);
    return row === undefined || row.submission === 'SENDING' ? undefined : keyOfOrdinal(row.ordinal);
  };
  return {
    kind: 'task',
    source,
    sendMs: config.budgets.writeMs,
    // What is not in the registry was not sent, and nothing is sent after `sendMs`.
    lateMs: 0,
    since: async () => 0,
    send,
    known,
    async look({ mark }): Promise<Sighting> {
      const row = await findByMark(db, mark);
      return row === undefined ? 'absent' : { found: keyOfOrdinal(row.ordinal) };
    },
  };
}
