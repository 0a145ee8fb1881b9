import { storable } from '../../../core/storable.ts';
import type { executions } from '../../../db/tables.ts';
import type { Seen } from '../../../execution/store.ts';
import type { paddleflowRuns } from '../tables.ts';
import { isFinal } from '../../../execution/state.ts';
import { keyOf } from '../../../core/key.ts';
import type { WireRun } from '../wire/wire.ts';
import { stateFromWire } from './state.ts';

/** A run as the catalog has it, without its detail. */
export type Run = Omit<typeof executions.$inferSelect, 'key' | 'result' | 'detail' | 'announced' | 'unreadableUntil' | 'finalSince'> &
  Omit<typeof paddleflowRuns.$inferSelect, 'misses'> & { readonly runId: string };

export const keyOfRun = ({ source, runId }: Pick<Run, 'source' | 'runId'>): string => keyOf(source, runId);

/** Two moments where the clock was put back, one otherwise. */
export type ReadTime = (serverTime: string, notBefore?: Date) => Date | null;

/** `source` of a run that came from a pipeline: `ppl-000003-1`, or `ppl-000003-` when the latest version was asked for (contract 2.7). */
export function pipelineOf(origin: string): { pipelineId: string; pipelineVersionId: string | null } | undefined {
  const match = /^(ppl-\d{6,})-(\d*)$/.exec(origin);
  return match?.[1] === undefined ? undefined : { pipelineId: match[1], pipelineVersionId: match[2] || null };
}

/** What only runs have, as far as a list row tells it. */
export type OwnOfRun = Omit<typeof paddleflowRuns.$inferInsert, 'source' | 'ordinal' | 'queueNames' | 'retryOf' | 'duplicateOf' | 'misses'>;

/** Marks of ours in a run's description, by which a lost answer to `createRun` is found again. */
const markPattern = / ?\[tributary:([0-9a-f-]{36})\]$/;
export const markedDescription = (description: string, mark: string): string =>
  `${description}${description === '' ? '' : ' '}[tributary:${mark}]`;
export const withoutMark = (description: string): string => description.replace(markPattern, '');
export const markOf = (description: string): string | undefined => markPattern.exec(description)?.[1];

type WireRunRow = Omit<WireRun, 'scheduledTime'> & { readonly scheduledTime?: string };

/**
 * From a list row or from a detail, which lacks only `scheduledTime`. `previousCreatedAt` is the creation of the run before it: in the
 * hour that the clock repeats, rows come in order.
 */
export function runFromWire(wire: WireRunRow, readTime: ReadTime, previousCreatedAt?: Date): { seen: Seen; own: OwnOfRun } {
  const state = stateFromWire(wire.status);
  const createdAt = readTime(wire.createTime, previousCreatedAt) ?? readTime(wire.updateTime) ?? new Date(0);
  const updatedAt = readTime(wire.updateTime, createdAt) ?? createdAt;
  const seen = {
    key: wire.runID,
    name: storable(wire.name),
    owner: storable(wire.username),
    state,
    rawState: storable(wire.status),
    message: storable(wire.runMsg),
    createdAt,
    startedAt: readTime(wire.activateTime, createdAt),
    updatedAt,
    endedAt: isFinal(state) ? updatedAt : null, // the upstream has no end time (contract 4.7)
  };
  const own = {
    fsName: storable(wire.fsName),
    description: storable(wire.description),
    scheduleId: storable(wire.scheduleID),
    origin: storable(wire.source),
    pipelineId: pipelineOf(wire.source)?.pipelineId ?? null,
    pipelineVersionId: pipelineOf(wire.source)?.pipelineVersionId ?? null,
    ...(wire.scheduledTime === undefined ? {} : { scheduledAt: readTime(wire.scheduledTime) }),
  };
  return { seen, own };
}
