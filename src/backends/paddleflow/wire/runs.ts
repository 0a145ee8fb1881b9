import { z } from 'zod';
import { freeText, freeWord, text } from './parts.ts';

/** A row of `GET /run` (2.7). `status` stays a string: one new word must not cost the row. Times have no zone; `""` is "not yet". */
export const WireRun = z.object({
  runID: z.string().min(1),
  status: freeWord,
  name: text,
  /** MD5 of the YAML, `<pipelineID>-<versionID>` (version empty when latest was asked), or a path. */
  source: text,
  username: text,
  fsName: text,
  description: text,
  scheduleID: text,
  runMsg: freeText,
  /** Only in lists; the detail does not have it (5). */
  scheduledTime: text,
  createTime: text,
  activateTime: text,
  updateTime: text,
});
export type WireRun = z.output<typeof WireRun>;

/** `""` as answer to a retry means that it failed (2.7), so the emptiness is the caller's to judge. */
export const WireRetriedRun = z.object({ runID: z.string() });
/** `""` after a panic in the server: nobody knows whether the run exists (2.7). */
export const WireCreatedRun = z.object({ runID: z.string().min(1) });
