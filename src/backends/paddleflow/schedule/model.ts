import { keyOf } from '../../../core/key.ts';
import type { WireSchedule } from '../wire/wire.ts';
import type { ReadTime } from '../run/model.ts';

export type ScheduleState = 'RUNNING' | 'ENDED' | 'STOPPED' | 'FAILED' | 'UNKNOWN';
/** `success` is not `succeeded`, and `failed` is declared and never set (contract 4.4). */
const states: Readonly<Record<string, ScheduleState>> = { running: 'RUNNING', success: 'ENDED', terminated: 'STOPPED', failed: 'FAILED' };
export const stateOf = (rawState: string): ScheduleState => (Object.hasOwn(states, rawState) ? states[rawState] : undefined) ?? 'UNKNOWN';
export const wordsOf = (wanted: readonly ScheduleState[]): string[] => Object.keys(states).filter((word) => wanted.includes(stateOf(word)));

export const scheduleFromWire = (source: string, timeZone: string, wire: WireSchedule, readTime: ReadTime) => ({
  kind: 'Schedule' as const,
  key: keyOf(source, wire.scheduleID),
  source,
  timeZone,
  scheduleId: wire.scheduleID,
  name: wire.name,
  description: wire.desc,
  owner: wire.username,
  fileSystemOwner: wire.fsConfig.username || wire.username,
  pipelineId: wire.pipelineID,
  versionId: wire.pipelineVersionID,
  crontab: wire.crontab,
  concurrency: wire.options.concurrency,
  concurrencyPolicy: wire.options.concurrencyPolicy,
  expireSeconds: wire.options.expireInterval,
  catchUp: wire.options.catchup,
  startAt: readTime(wire.startTime),
  endAt: readTime(wire.endTime),
  createdAt: readTime(wire.createTime),
  updatedAt: readTime(wire.updateTime),
  nextRunTime: readTime(wire.nextRunTime),
  message: wire.scheduleMsg,
  rawState: wire.status,
  state: stateOf(wire.status),
});
export type Schedule = Readonly<ReturnType<typeof scheduleFromWire>>;

/** When it fires next, as the server says; it may be past while its runs are held back. Null: never again. */
export const nextRunAt = ({ state, nextRunTime, endAt }: Schedule): Date | null =>
  state === 'RUNNING' && nextRunTime !== null && (endAt === null || nextRunTime <= endAt) ? nextRunTime : null;
