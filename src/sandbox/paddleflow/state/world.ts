import type { World } from '../workflow/types.ts';
import type { RunRow } from './rows.ts';
import { addArtifacts } from './artifacts.ts';
import type { State } from './state.ts';

/** What one run's engine may ask of the server. */
export function worldOf(state: State, run: Pick<RunRow, 'runID' | 'fsUser'>): World {
  return {
    singleCluster: state.birth.clusters !== 'several',
    queue(name) {
      const queue = state.queues.find((row) => row.name === name);
      if (queue === undefined) return undefined;
      const cluster = state.clusters.find((row) => row.clusterName === queue.clusterName);
      return {
        id: queue.id,
        namespace: queue.namespace,
        open: queue.status === 'open',
        clusterOnline: cluster?.status === 'online',
        cluster: {
          id: cluster?.id ?? '',
          name: queue.clusterName,
          type: cluster?.clusterType ?? '',
          endpoint: cluster?.endpoint ?? '',
          credential: cluster?.credential ?? '',
        },
      };
    },
    flavour: (name) => state.flavours.find((row) => row.name === name) !== undefined,
    findCache(key, at) {
      const hit = state.caches
        .all()
        .findLast(
          (row) =>
            row.firstFp === key.firstFp &&
            row.secondFp === key.secondFp &&
            row.fsName === key.fsName &&
            row.source === key.source &&
            row.userName === run.fsUser &&
            (row.expiredTime === '-1' || at <= row.createdAt + Number(row.expiredTime) * 1000),
        );
      if (hit === undefined) return undefined;
      // The step runs as usual when the cached job was stopped (7.12).
      if (state.job(hit.jobID)?.status() !== 'terminated') noteUse(state, hit.runID, run.runID, at);
      return { runID: hit.runID, jobID: hit.jobID };
    },
    addCache(record, at) {
      const number = state.caches.takeNumber();
      state.caches.add({ ...record, number, cacheID: `cch-${String(number).padStart(6, '0')}`, userName: run.fsUser, createdAt: at });
    },
    jobStatus: (jobID) => state.job(jobID)?.status(),
    jobOutputs: (jobID) => state.job(jobID)?.outputs,
    noteCached(stepName, outputs, at) {
      const row = state.run(run.runID);
      if (row !== undefined) addArtifacts(row, { stepName, jobID: '', paths: outputs, type: 'output', at }, state);
    },
    jobContent: (jobID, artifact) => state.job(jobID)?.content(artifact),
  };
}

/** `runCachedIDs` of the old run, which is a write to its row (4.7). */
function noteUse(state: State, usedRunID: string, runID: string, at: number): void {
  const used = state.run(usedRunID);
  if (used === undefined || used.runID === runID || used.cachedBy.includes(runID)) return;
  used.cachedBy.push(runID);
  used.touchedAt = at;
}
