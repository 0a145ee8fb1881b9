import type { ClusterNode } from '../state/nodes.ts';
import { nodeSize, nodesOf } from '../state/nodes.ts';
import type { ClusterRow, Resources } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { difference, podsOf, usageOf } from '../state/usage.ts';
import { openMap } from '../../kit/write-json.ts';
import { requireRoot } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { ok, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
import { notAnInteger, readInteger } from '../wire/integer.ts';
import { readBody } from '../wire/json.ts';
import { csvFilter } from '../wire/paging.ts';
import { resourcesView } from './queue-resources.ts';

/** Contract 2.12, second half. */
export const clusterResources: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/cluster/resource',
    handle(call, state) {
      requireRoot(call.user, 'get cluster failed');
      const names = call.query.get('clusterNames') ?? '';
      const clusters = onlineClusters(csvFilter(call.query, 'clusterNames'), state);
      // Those that are offline count as not there.
      if (names !== '' && clusters.length === 0) throw new ApiError('', `can't get cluster quota by clusterNames: ${names}`);
      return ok(new Map(clusters.map((cluster) => [cluster.clusterName, usageView(nodesOf(cluster, state))])));
    },
  },
  {
    method: 'POST',
    path: '/cluster/resource',
    handle(call, state) {
      const shape = { clusterNames: 'strings', queueName: 'string', labels: 'string', nodeStatus: 'string' } as const;
      const body = readBody(call.body, { ...shape, pageNo: 'integer', pageSize: 'integer' }, 'decoder-text');
      requireRoot(call.user, 'list cluster resources failed');
      const { clusterNames = [], queueName = '', labels = '', nodeStatus = '' } = body;
      const page = { pageNo: body.pageNo || 1, pageSize: body.pageSize || 1000 };
      const queue = state.queues.find(({ name }) => name === queueName);
      if (queueName !== '' && queue === undefined) throw new ApiError('', 'record not found');
      const clusters = onlineClusters(clusterNames.length === 0 ? undefined : new Set(clusterNames), state).filter(
        (cluster) => isCached(cluster, state) && (queue === undefined || queue.clusterName === cluster.clusterName),
      );
      if (page.pageNo < 0) return ok({});
      // All nodes of the sandbox are ready.
      const wanted = (node: ClusterNode) => hasLabel(node, labels) && (nodeStatus === '' || nodeStatus.toLowerCase() === 'ready');
      const views = clusters.map((cluster) => {
        const nodes = pageOf(nodesOf(cluster, state).filter(wanted), page);
        return [cluster.clusterName, { ...nodeMaps(nodes), ...namesOf(cluster), ...(queueName === '' ? {} : { queueName }) }] as const;
      });
      return ok(new Map(views));
    },
  },
  {
    method: 'GET',
    path: '/cluster/:clusterName/nodeInfos',
    handle(call, state) {
      const pageNo = readNumber(call, 'pageNo', 1);
      const pageSize = readNumber(call, 'pageSize', 100);
      if (pageSize > 100) throw new ApiError('InvalidURI', 'NodePageSize over max value');
      requireRoot(call.user, 'list node infos failed');
      const cluster = state.clusters.find(({ clusterName }) => clusterName === param(call, 'clusterName'));
      const nodes = cluster !== undefined && cluster.status === 'online' && isCached(cluster, state) ? nodesOf(cluster, state) : [];
      const shown = pageOf(nodes, { pageNo, pageSize }).map(nodeInfo);
      return ok({ totalCount: nodes.length, nodeList: shown.length === 0 ? null : shown });
    },
  },
];

const onlineClusters = (names: ReadonlySet<string> | undefined, state: State): ClusterRow[] =>
  state.clusters.all().filter(({ clusterName, status }) => status === 'online' && (names?.has(clusterName) ?? true));

/** Milliseconds until the server's memory knows of a new cluster (8.1). */
const cachedAfter = 30_000;
const isCached = ({ createdAt }: ClusterRow, { now }: State): boolean => now >= createdAt + cachedAfter;

const idleOf = (node: ClusterNode): Resources => difference(nodeSize, usageOf(node.jobs));

function usageView(nodes: readonly ClusterNode[]) {
  return {
    nodeList: nodes.map((node) => ({
      nodeName: node.name,
      schedulable: true,
      total: resourcesView(nodeSize),
      idle: resourcesView(idleOf(node)),
    })),
    summary: { total: resourcesView(sum(nodes.map(() => nodeSize))), idle: resourcesView(sum(nodes.map(idleOf))) },
    errMsg: '',
  };
}

function sum(parts: readonly Resources[]): Resources {
  const scalars: Record<string, string> = {};
  for (const { scalarResources } of parts)
    for (const [name, amount] of Object.entries(scalarResources)) scalars[name] = String(Number(scalars[name] ?? 0) + Number(amount));
  const add = (key: 'cpu' | 'memory') => parts.reduce((total, part) => total + part[key], 0);
  return { cpu: add('cpu'), memory: add('memory'), scalarResources: scalars };
}

const nodeMaps = (nodes: readonly ClusterNode[]) => ({
  allocatable: new Map(nodes.map((node) => [node.name, resourcesView(idleOf(node))])),
  capacity: new Map(nodes.map((node) => [node.name, resourcesView(nodeSize)])),
  labels: new Map(nodes.map((node) => [node.name, openMap(node.labels)])),
});

const namesOf = ({ clusterName, source }: ClusterRow) => ({ clusterName, ...(source === '' ? {} : { clusterSource: source }) });

const nodeInfo = (node: ClusterNode) => ({
  nodeName: node.name,
  nodeIP: node.ip,
  podsCount: node.jobs.reduce((count, job) => count + podsOf(job), 0),
  labels: openMap(node.labels),
  used: resourcesView(usageOf(node.jobs)),
  capacity: resourcesView(nodeSize),
  pods: node.jobs.map(({ jobID, job }) => ({ podName: jobID, status: job.status() })),
});

/** `k=v` or `k!=v`; nothing wants all. */
function hasLabel({ labels }: ClusterNode, wanted: string): boolean {
  const [, key = '', sign = '', value = ''] = /^([^!=]+)(!?=)(.*)$/.exec(wanted) ?? [];
  return wanted === '' || (labels[key] === value) === (sign === '=');
}

const pageOf = <T>(items: readonly T[], { pageNo, pageSize }: { pageNo: number; pageSize: number }): T[] =>
  pageNo < 0 || pageSize < 0 ? [] : items.slice((pageNo - 1) * pageSize, pageNo * pageSize);

function readNumber(call: Call, name: string, usual: number): number {
  const value = call.query.get(name) ?? '';
  const number = readInteger(value || '0');
  if (number === undefined) throw new ApiError('InvalidURI', notAnInteger(value, 'Atoi'));
  return number || usual;
}
