import type { ClusterRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { isRoot, requireRoot } from '../wire/access.ts';
import type { Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { decodeBase64, illegalBase64 } from '../wire/base64.ts';
import { flawOfLabel } from '../wire/dns-label.ts';
import { ApiError, DroppedConnection } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { readPaging, takePage, trimmedCsvFilter } from '../wire/paging.ts';
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
      requireRoot(call.user, 'create cluster failed');
      const flaw = flawOf({ endpoint, clusterType, version, status, namespaceList });
      if (flaw !== undefined) throw new ApiError('InternalError', flaw); // a flaw in a field counts as one, sic
      if (clusterType === 'Local') throw new DroppedConnection();
      const cause = flawOfCredential(clusterType, credential, state);
      if (cause !== undefined) {
        const unused = `cluster-${state.hex(`refused cluster ${clusterName} at ${state.now}`, 8)}`;
        throw new ApiError('InvalidClusterCredential', `init client for cluster[${unused}] faield, err: ${cause}`);
      }
      // SQLite has no unique index here: a second one of the same name stands beside the first.
      if (state.birth.database === 'mysql' && find(clusterName, state))
        throw new ApiError('', `Duplicate entry '${clusterName}' for key 'name'`);
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
      const paging = readPaging(call.query, state.cipher, 'default-message');
      requireRoot(call.user);
      const names = trimmedCsvFilter(call.query, 'clusterNames');
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
      // Only a namespace that was on the list can be missed; that the new ones are names at all is not looked at.
      const gone = namespaceList?.length ? (cluster.namespaceList ?? []).filter((name) => !namespaceList.includes(name)) : [];
      const sound =
        !inUse.some(({ namespace }) => gone.includes(namespace)) &&
        (clusterType === '' || (clusterType !== 'Local' && flawOfType(clusterType, version) === undefined)) &&
        (status === '' || isStatus(status)) &&
        (credential === '' || flawOfCredential(clusterType || cluster.clusterType, credential, state) === undefined);
      if (!sound) throw new ApiError('InvalidClusterProperties');
      // Nothing can be emptied: neither a text nor the list.
      for (const [key, value] of Object.entries(body)) if (value.length > 0) Object.assign(cluster, { [key]: value });
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

interface Checked {
  readonly endpoint: string;
  readonly clusterType: string;
  readonly version: string;
  readonly status: string;
  readonly namespaceList: readonly string[] | null;
}

/** What is wrong with the fields of a new cluster, in the server's words. */
function flawOf({ endpoint, clusterType, version, status, namespaceList }: Checked): string | undefined {
  if (endpoint === '') return 'Endpoint should not be empty';
  const ofType = flawOfType(clusterType, version);
  if (ofType !== undefined) return ofType;
  if (!isStatus(status)) return "clusterStatus can only be 'online' or 'offline'";
  for (const namespace of namespaceList ?? []) {
    const flaw = flawOfLabel(namespace);
    if (flaw !== undefined) return `namespace[${namespace}] is invalid, err: ${flaw}`;
  }
  return undefined;
}

function flawOfType(type: string, version: string): string | undefined {
  if (type === '') return 'ClusterType should not be empty';
  if (!['Kubernetes', 'K3S', 'Local'].includes(type)) return `ClusterType [${type}] is invalid`;
  return type === 'Kubernetes' && version === '' ? 'version of cluster Kubernetes should not be empty' : undefined;
}

const isStatus = (status: string): boolean => status === 'online' || status === 'offline';

/** A kubeconfig in base64, as far as a fake can tell. Without one a `K3S` cluster has no client; a `Kubernetes` one is believed to run inside of it, unless told otherwise. */
function flawOfCredential(type: string, credential: string, { birth }: State): string | undefined {
  const none = 'invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable';
  if (credential === '') return type === 'K3S' || birth.kubernetesCredential === 'needed' ? none : undefined;
  const decoded = decodeBase64(credential);
  if ('badByte' in decoded) return illegalBase64(decoded.badByte);
  return /(^|\n)\s*(apiVersion|clusters)\s*:/.test(decoded.text) ? undefined : "couldn't get version/kind; json parse error";
}

/** With the credential in full, lists included, as upstream does. */
function view({ number: _number, createdAt, updatedAt, id, ...fieldsOfRow }: ClusterRow, state: State) {
  return { id, createTime: state.zone.local(createdAt), updateTime: state.zone.local(updatedAt), ...fieldsOfRow };
}
