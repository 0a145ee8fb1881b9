import { isFinal, runIDOf } from '../state/runs.ts';
import type { State } from '../state/state.ts';
import type { RunBatch } from './orders.ts';
import { OrderError } from '../../kit/order-error.ts';

/** Writes rows as a long history would have left them. */
export function insertRuns(batch: RunBatch, state: State): void {
  const { count, status = 'succeeded', owner = 'root', name = 'batch', holes = 0 } = batch;
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(holes) || holes < 0)
    throw new OrderError(400, 'count and holes are whole numbers');
  const step = (batch.createTimeStepSeconds ?? 1) * 1000;
  const first = batch.firstCreatedAt ?? state.now - step * (count - 1);
  const started = status !== 'skipped' && status !== 'initiating' && status !== 'pending';
  for (let index = 0; index < count; index += 1) {
    const createdAt = first + index * step;
    const end = createdAt + (batch.durationSeconds ?? 30) * 1000;
    const number = state.runs.takeNumber();
    state.runs.add({
      number,
      runID: runIDOf(number),
      name,
      owner,
      fsUser: owner,
      source: batch.source ?? 'batch.yaml',
      fsName: batch.fsName ?? '',
      description: batch.description ?? '',
      scheduleID: '',
      scheduledTime: '',
      createdAt,
      runYaml: recordYaml(name),
      mainFs: { name: '', mountPath: '', subPath: '', readOnly: false },
      parameters: null,
      dockerEnv: 'busybox:1.36',
      disabled: '',
      failureOptions: { strategy: 'fail_fast' },
      life: {
        kind: 'record',
        status,
        runMsg: status === 'succeeded' ? 'Run successfully' : '',
        activatedAt: started ? createdAt + 1000 : undefined,
        updatedAt: isFinal(status) ? end : createdAt + 1000,
      },
      cachedBy: [],
      touchedAt: 0,
    });
    state.runs.skip(holes);
  }
}

/** The workflow that every such run claims to have had. */
export const recordYaml = (name: string): string =>
  `name: ${name}\ndocker_env: busybox:1.36\nentry_points:\n  main:\n    command: echo ${name}\n`;
