import { z } from 'zod';
import { harmlessSubmitLog } from '../client/submit-log.ts';
import { listOf, text } from './parts.ts';

/**
 * One container's page of lines. Empty content means no log yet, no more, or unreadable alike (2.13). Strict, unlike most: a default
 * in the place of an odd value would look like the end of the log.
 */
const WireTaskLog = z.object({
  taskID: z.string(),
  logInfo: z.object({ logContent: z.string(), hasNextPage: z.boolean(), truncated: z.boolean().default(false) }),
});
export type WireTaskLog = z.output<typeof WireTaskLog>;
const WireJobLog = z.object({ jobID: z.string(), taskList: listOf(WireTaskLog) });
export type WireJobLog = z.output<typeof WireJobLog>;
/** `""`: the server has written nothing, or has forgotten it, which it says in words of its own (2.13). */
const submitLog = text.transform((told) => (told.startsWith('get trace log failed.') ? '' : harmlessSubmitLog(told)));
/** An unknown job gives an empty `runLog`; `taskList` is empty for ever once the pod is gone (2.13). */
export const WireRunLog = z.object({ runID: text, submitLog, runLog: listOf(WireJobLog) });
export type WireRunLog = z.output<typeof WireRunLog>;
