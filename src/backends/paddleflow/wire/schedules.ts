import { z } from 'zod';
import { WireRunPage } from './run-page.ts';
import { count, flag, freeText, freeWord, pageOf, text } from './parts.ts';

const schedule = {
  scheduleID: z.string().min(1),
  name: z.string(),
  desc: text,
  pipelineID: text,
  pipelineVersionID: text,
  username: text,
  /** Owner of the file systems its runs use; `""`: the schedule's own. */
  fsConfig: z.object({ username: text }).catch({ username: '' }),
  crontab: text,
  options: z
    .object({ catchup: flag, expireInterval: count, concurrency: count, concurrencyPolicy: text })
    .catch({ catchup: false, expireInterval: 0, concurrency: 0, concurrencyPolicy: '' }),
  startTime: text,
  endTime: text,
  createTime: text,
  updateTime: text,
  nextRunTime: text,
  scheduleMsg: freeText,
  /** `running`, `success` (not `succeeded`), `terminated`; `failed` is never set (4.4). */
  status: freeWord,
};

export const WireCreatedSchedule = z.object({ scheduleID: z.string().min(1) });
export const WireSchedule = z.object(schedule);
export type WireSchedule = z.output<typeof WireSchedule>;
export const WireSchedulePage = pageOf('scheduleList', WireSchedule);

/** With one page of its runs, whose `nextMarker` is inside `runs` (2.11). */
export const WireScheduleDetail = z.object({ ...schedule, runs: WireRunPage });
export type WireScheduleDetail = z.output<typeof WireScheduleDetail>;
