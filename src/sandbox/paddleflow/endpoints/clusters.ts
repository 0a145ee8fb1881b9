import type { ClusterRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { isRoot, requireRoot } from '../wire/access.ts';
import type { Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { ApiError, DroppedConnection } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { csvFilter, readPaging, takePage } from '../wire/paging.ts';
import { deleteQueue, refuseUsedQueue } from './queues.ts';

const fields = {
  endpoint: 'string',
  clusterType: 'string',
  version: 'string',
  credential: 'string',
  source: 'string',
  status: 'string',
  description: 'string',
  setting: 'string',
  namespaceList: 'strings',
} as const;

const namePattern = '^[A-Za-z0-9_][A-Za-z0-9-_]{0,253}[A-Za-z0-9_]$';

/** Contract 2.12. */
export const clusters: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/cluster',
    handle(call, state) {
      const body = readBody(call.body, { ...fields, clusterName: 'string' }, 'unclassified');
      const { clusterName = '', endpoint = '', clusterType = '', version = '', credential = '', namespaceList = null } = body;
      const { description = '', setting = '' } = body;
      const [source, status] = [body.source || 'OnPremise', body.status || 'online'];
      if (!new RegExp(namePattern).test(clusterName))
        throw new ApiError('InvalidNamePattern', `name[${clusterName}] for [cluster] does not compile with regex rule[${namePattern}]`);
      requireRoot(call.user);
      // A flaw in a field counts as an internal error, sic.
      if (endpoint === '') throw new ApiError('InternalError', 'endpoint should not be empty');
      if (!soundType(clusterType, version))
        throw new ApiError('InternalError', `clusterType[${clusterType}] version[${version}] is invalid`);
      if (!soundStatus(status)) throw new ApiError('InternalError', `status[${status}] is invalid`);
      if (!soundNamespaces(namespaceList)) throw new ApiError('InternalError', 'namespaceList is invalid');
      if (clusterType === 'Local') throw new DroppedConnection();
      if (!soundCredential(credential)) throw new ApiError('InvalidClusterCredential');
      if (find(clusterName, state)) throw new ApiError('', `cluster[${clusterName}] exists`);
      const number = state.clusters.takeNumber();
      const cluster = state.clusters.add({
        number,
        clusterName,
        description,
        endpoint,
        source,
        clusterType,
        version,
        status,
        credential,
        setting,
        namespaceList,
        id: `cluster-${state.hex(`cluster/${number}`, 8)}`,
        createdAt: state.now,
        updatedAt: state.now,
      });
      return ok(view(cluster, state));
    },
  },
  {
    method: 'GET',
    path: '/cluster',
    handle(call, state) {
      const paging = readPaging(call.query, state.cipher);
      requireRoot(call.user);
      const names = csvFilter(call.query, 'clusterNames');
      const status = call.query.get('clusterStatus') ?? '';
      const wanted = (row: ClusterRow) => (names?.has(row.clusterName) ?? true) && (status === '' || row.status === status);
      const { rows, envelope } = takePage(state.clusters, paging, state.cipher, 'misleading', wanted);
      return ok({ ...envelope, clusterList: rows.length === 0 ? null : rows.map((cluster) => view(cluster, state)) });
    },
  },
  {
    method: 'GET',
    path: '/cluster/:clusterName',
    handle(call, state) {
      if (!isRoot(call.user)) throw new ApiError('AccessDenied');
      const cluster = find(param(call, 'clusterName'), state);
      if (cluster === undefined) throw new ApiError('', 'record not found');
      return ok(view(cluster, state));
    },
  },
  {
    method: 'PUT',
    path: '/cluster/:clusterName',
    handle(call, state) {
      const body = readBody(call.body, fields, 'unclassified');
      requireRoot(call.user);
      const cluster = find(param(call, 'clusterName'), state);
      if (cluster === undefined) throw new ApiError('ClusterNameNotFound');
      const { clusterType = '', version = '', status = '', credential = '', namespaceList } = body;
      const inUse = state.queues.all().filter(({ clusterName }) => clusterName === cluster.clusterName);
      const dropped =
        namespaceList !== undefined && namespaceList.length > 0 && inUse.some(({ namespace }) => !namespaceList.includes(namespace));
      const sound =
        (clusterType === '' || (clusterType !== 'Local' && soundType(clusterType, version))) &&
        (status === '' || soundStatus(status)) &&
        soundNamespaces(namespaceList ?? null) &&
        soundCredential(credential);
      if (dropped || !sound) throw new ApiError('InvalidClusterProperties');
      // An empty text means "keep": fields cannot be blanked.
      for (const [key, value] of Object.entries(body)) if (value !== '') Object.assign(cluster, { [key]: value });
      cluster.updatedAt = state.now;
      return ok(view(cluster, state));
    },
  },
  {
    method: 'DELETE',
    path: '/cluster/:clusterName',
    handle(call, state) {
      requireRoot(call.user);
      const cluster = find(param(call, 'clusterName'), state);
      if (cluster === undefined) throw new ApiError('ClusterNotFound');
      const queues = state.queues.all().filter(({ clusterName }) => clusterName === cluster.clusterName);
      for (const queue of queues) refuseUsedQueue(queue, state);
      for (const queue of queues) deleteQueue(queue, state);
      state.clusters.delete(cluster);
      return okEmpty;
    },
  },
];

const find = (name: string, state: State): ClusterRow | undefined => state.clusters.find(({ clusterName }) => clusterName === name);

const soundType = (type: string, version: string): boolean =>
  (type === 'Kubernetes' && version !== '') || type === 'K3S' || type === 'Local';
const soundStatus = (status: string): boolean => status === 'online' || status === 'offline';
const soundNamespaces = (names: readonly string[] | null): boolean =>
  (names ?? []).every((name) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name));

/** A kubeconfig in base64, as far as a fake can tell. */
const soundCredential = (credential: string): boolean =>
  credential === '' || /(^|\n)\s*(apiVersion|clusters)\s*:/.test(Buffer.from(credential, 'base64').toString());

/** With the credential in full, lists included, as upstream does. */
function view({ number: _number, createdAt, updatedAt, id, ...fieldsOfRow }: ClusterRow, state: State) {
  return { id, createTime: state.zone.local(createdAt), updateTime: state.zone.local(updatedAt), ...fieldsOfRow };
}
