import { parseCpu, parseMemory } from './quantity.ts';
import type { JobRow } from './job-rows.ts';
import type { Resources } from './rows.ts';
import type { State } from './state.ts';

/** The kinds of a job that still holds its queue (2.3). */
const unfinished = ['init', 'pending', 'running', 'terminating'];

export const isUnfinished = ({ job }: JobRow): boolean => unfinished.includes(job.status());

/** How many pods a job has. */
export const podsOf = ({ members }: JobRow): number => members?.reduce((sum, { replicas }) => sum + replicas, 0) ?? 1;

/** What the running jobs among these take, each as large as its flavour in each of its pods. */
export function usageOf(jobs: readonly JobRow[]): Resources {
  let [cpu, memory] = [0, 0];
  const scalars: Record<string, number> = {};
  for (const row of jobs.filter(({ job }) => job.status() === 'running')) {
    const pods = podsOf(row);
    cpu += pods * (parseCpu(row.flavour.cpu) ?? 0);
    memory += pods * (parseMemory(row.flavour.mem) ?? 0);
    for (const [name, amount] of Object.entries(row.flavour.scalarResources ?? {}))
      scalars[name] = (scalars[name] ?? 0) + pods * (parseMemory(amount) ?? 0);
  }
  return { cpu, memory, scalarResources: Object.fromEntries(Object.entries(scalars).map(([name, sum]) => [name, String(sum)])) };
}

export const jobsOfQueues = (queueNames: ReadonlySet<string>, state: State): JobRow[] =>
  state.jobs.rows.all().filter(({ job }) => queueNames.has(job.queueName));

/** Never below zero. */
export function difference(all: Resources, used: Resources): Resources {
  const left = Object.entries(all.scalarResources).map(([name, amount]) => {
    return [name, String(Math.max(0, (parseMemory(amount) ?? 0) - Number(used.scalarResources[name] ?? 0)))];
  });
  return {
    cpu: Math.max(0, all.cpu - used.cpu),
    memory: Math.max(0, all.memory - used.memory),
    scalarResources: Object.fromEntries(left) as Record<string, string>,
  };
}
