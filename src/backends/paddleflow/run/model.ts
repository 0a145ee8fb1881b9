import { storable } from '../../../core/storable.ts';
import type { runs } from '../../../db/tables.ts';
import { isFinal } from '../../../execution/state.ts';
import { keyOf } from '../../../core/key.ts';
import type { WireRun } from '../wire/wire.ts';
import { stateFromWire } from './state.ts';
import { ordinalOf } from './run-id.ts';

/** A run as the catalog has it, without its detail. */
export type Run = Omit<typeof runs.$inferSelect, 'detail' | 'announced' | 'misses' | 'unreadableUntil' | 'finalSince'>;

export const keyOfRun = ({ source, runId }: Pick<Run, 'source' | 'runId'>): string => keyOf(source, runId);

/** Two moments where the clock was put back, one otherwise. */
export type ReadTime = (serverTime: string, notBefore?: Date) => Date | null;

/** `source` of a run that came from a pipeline: `ppl-000003-1`, or `ppl-000003-` when the latest version was asked for (contract 2.7). */
export function pipelineOf(origin: string): { pipelineId: string; pipelineVersionId: string | null } | undefined {
  const match = /^(ppl-\d{6,})-(\d*)$/.exec(origin);
  return match?.[1] === undefined ? undefined : { pipelineId: match[1], pipelineVersionId: match[2] || null };
}

export type MirroredRun = Pick<
  typeof runs.$inferInsert,
  | 'source'
  | 'ordinal'
  | 'runId'
  | 'name'
  | 'owner'
  | 'fsName'
  | 'description'
  | 'scheduleId'
  | 'pipelineId'
  | 'pipelineVersionId'
  | 'origin'
  | 'message'
> &
  Pick<Run, 'state' | 'rawState' | 'createdAt' | 'startedAt' | 'updatedAt' | 'endedAt'> & { readonly scheduledAt?: Date | null };

/** Marks of ours in a run's description, by which a lost answer to `createRun` is found again. */
const markPattern = / ?\[tributary:([0-9a-f-]{36})\]$/;
export const markedDescription = (description: string, mark: string): string =>
  `${description}${description === '' ? '' : ' '}[tributary:${mark}]`;
export const withoutMark = (description: string): string => description.replace(markPattern, '');
export const markOf = (description: string): string | undefined => markPattern.exec(description)?.[1];

type WireRunRow = Omit<WireRun, 'scheduledTime'> & { readonly scheduledTime?: string };

/**
 * From a list row or from a detail, which lacks only `scheduledTime`. `previousCreatedAt` is the creation of the run before it: in the
 * hour that the clock repeats, rows come in order. Undefined: the id is no run id, so the row has no place.
 */
export function runFromWire(source: string, wire: WireRunRow, readTime: ReadTime, previousCreatedAt?: Date): MirroredRun | undefined {
  const ordinal = ordinalOf(wire.runID);
  if (ordinal === undefined) return undefined;
  const state = stateFromWire(wire.status);
  const createdAt = readTime(wire.createTime, previousCreatedAt) ?? readTime(wire.updateTime) ?? new Date(0);
  const updatedAt = readTime(wire.updateTime, createdAt) ?? createdAt;
  return {
    source,
    ordinal,
    runId: wire.runID,
    name: storable(wire.name),
    owner: storable(wire.username),
    fsName: storable(wire.fsName),
    description: storable(wire.description),
    scheduleId: storable(wire.scheduleID),
    origin: storable(wire.source),
    pipelineId: pipelineOf(wire.source)?.pipelineId ?? null,
    pipelineVersionId: pipelineOf(wire.source)?.pipelineVersionId ?? null,
    state,
    rawState: storable(wire.status),
    message: storable(wire.runMsg),
    createdAt,
    startedAt: readTime(wire.activateTime, createdAt),
    updatedAt,
    endedAt: isFinal(state) ? updatedAt : null, // the upstream has no end time (contract 4.7)
    ...(wire.scheduledTime === undefined ? {} : { scheduledAt: readTime(wire.scheduledTime) }),
  };
}
