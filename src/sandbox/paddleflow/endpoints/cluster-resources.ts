import { formatCpu, formatMemory } from '../state/quantity.ts';
import { jobsOf } from '../state/runs.ts';
import type { State } from '../state/state.ts';
import { requireRoot } from '../wire/access.ts';
import type { Endpoint } from '../wire/call.ts';
import { ok } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { csvFilter } from '../wire/paging.ts';

const gibibyte = 1024 ** 3;
/** Every online cluster of the sandbox has two such nodes. */
const node = { cpu: 32_000, memory: 128 * gibibyte, scalarResources: { 'nvidia.com/gpu': '8' } };

export const clusterResources: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/cluster/resource',
    handle(call, state) {
      requireRoot(call.user);
      const names = csvFilter(call.query, 'clusterNames');
      const wanted = state.clusters.all().filter(({ clusterName }) => names?.has(clusterName) ?? true);
      if (names !== undefined && wanted.length === 0) throw new ApiError('', 'record not found');
      const online = wanted.filter(({ status }) => status === 'online');
      return ok(Object.fromEntries(online.map(({ clusterName }) => [clusterName, usageOf(clusterName, state)])));
    },
  },
];

function usageOf(clusterName: string, state: State) {
  const queues = new Set(
    state.queues
      .all()
      .filter((queue) => queue.clusterName === clusterName)
      .map(({ name }) => name),
  );
  const running = state.runs
    .all()
    .flatMap(jobsOf)
    .filter((job) => queues.has(job.queueName) && job.status() === 'running').length;
  // Jobs are spread evenly, each as large as one without a flavour (2.4).
  const loads = [Math.ceil(running / 2), Math.floor(running / 2)];
  return {
    nodeList: loads.map((load, index) => ({
      nodeName: `${clusterName}-node-${index + 1}`,
      schedulable: true,
      total: amounts(node.cpu, node.memory),
      idle: amounts(node.cpu - load * 1000, node.memory - load * gibibyte),
    })),
    summary: {
      total: amounts(2 * node.cpu, 2 * node.memory),
      idle: amounts(2 * node.cpu - running * 1000, 2 * node.memory - running * gibibyte),
    },
    errMsg: '',
  };
}

const amounts = (cpu: number, memory: number) => ({
  cpu: formatCpu(Math.max(0, cpu)),
  memory: formatMemory(Math.max(0, memory)),
  scalarResources: node.scalarResources,
});
