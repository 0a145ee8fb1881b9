import { createHash } from 'node:crypto';
import type { JobRow } from './job-rows.ts';
import type { ClusterRow, Resources } from './rows.ts';
import type { State } from './state.ts';
import { isUnfinished, jobsOfQueues } from './usage.ts';

/** Every online cluster of the sandbox has two such nodes. */
export const nodeSize: Resources = { cpu: 32_000, memory: 128 * 1024 ** 3, scalarResources: { 'nvidia.com/gpu': '8' } };

export interface ClusterNode {
  readonly name: string;
  readonly ip: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Unfinished ones whose pod is there. */
  readonly jobs: readonly JobRow[];
}

export const nodeNames = (clusterName: string): [string, string] => [`${clusterName}-node-1`, `${clusterName}-node-2`];

/** A job's pods stay on one node for as long as they live. */
export const nodeOf = (jobID: string, clusterName: string): string =>
  nodeNames(clusterName)[(createHash('md5').update(jobID).digest()[0] ?? 0) % 2] ?? '';

export function nodesOf({ clusterName, number }: ClusterRow, state: State): ClusterNode[] {
  const queues = state.queues.all().filter((queue) => queue.clusterName === clusterName);
  const jobs = jobsOfQueues(new Set(queues.map(({ name }) => name)), state).filter(
    (row) => isUnfinished(row) && row.job.status() !== 'init',
  );
  return nodeNames(clusterName).map((name, index) => ({
    name,
    ip: `10.${number}.0.${index + 11}`,
    labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/arch': 'amd64' },
    jobs: jobs.filter(({ jobID }) => nodeOf(jobID, clusterName) === name),
  }));
}
