import { parseCpu, parseMemory } from '../state/quantity.ts';
import type { FlavourRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { isRoot } from '../wire/access.ts';
import type { Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { ApiError, notFoundText } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { rowOfMarker } from '../wire/marker.ts';
import { readMaxKeys, takePage } from '../wire/paging.ts';

const sizes = { cpu: 'string', mem: 'string', scalarResources: 'string-map', clusterName: 'string' } as const;

/** Contract 2.4. The creator is not stored, so that only root can change a flavour. */
export const flavours: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/flavour',
    handle(call, state) {
      const maxKeys = readMaxKeys(call.query);
      const after = unclassified(() => rowOfMarker(call.query.get('marker') ?? '', state.cipher));
      const name = call.query.get('name') ?? '';
      const clusterName = call.query.get('clusterName') ?? '';
      if (clusterName !== '' && !hasCluster(clusterName, state)) throw new ApiError('', 'record not found');
      // SQL's `LIKE` does not mind the case.
      const wanted = (row: FlavourRow) =>
        row.name.toLowerCase().includes(name.toLowerCase()) && (row.clusterName === '' || row.clusterName === clusterName);
      const { rows, envelope } = takePage(state.flavours, { maxKeys, after }, state.cipher, 'misleading', wanted);
      return ok({ ...envelope, flavourList: rows.length === 0 ? null : rows.map((row) => view(row, state)) });
    },
  },
  { method: 'GET', path: '/flavour/:flavourName', handle: (call, state) => ok(view(require(param(call, 'flavourName'), state), state)) },
  {
    method: 'POST',
    path: '/flavour',
    handle(call, state) {
      const body = readBody(call.body, { ...sizes, name: 'string' }, 'decoder-text');
      const { name = '', clusterName = '', cpu = '', mem = '', scalarResources = null } = body;
      if (name === '') throw new ApiError('FlavourNotFound');
      if (find(name, state)) throw new ApiError('DuplicatedName');
      refuseBadSizes(cpu, mem);
      if (clusterName !== '' && !hasCluster(clusterName, state)) throw new ApiError('ClusterNameNotFound');
      const number = state.flavours.takeNumber();
      const id = `flavour-${state.hex(`flavour/${number}`, 8)}`;
      state.flavours.add({ number, id, name, clusterName, cpu, mem, scalarResources, createdAt: state.now, updatedAt: state.now });
      return ok({ name });
    },
  },
  {
    method: 'PUT',
    path: '/flavour/:flavourName',
    handle(call, state) {
      const body = readBody(call.body, sizes, 'decoder-text');
      const flavour = find(param(call, 'flavourName'), state);
      if (flavour === undefined) throw new ApiError('', 'record not found');
      if (!isRoot(call.user)) throw new ApiError('ActionNotAllowed');
      if ((body.clusterName ?? '') !== flavour.clusterName)
        throw new ApiError('', `flavour[${flavour.name}] belongs to cluster[${flavour.clusterName}]`);
      const [cpu, mem] = [body.cpu || flavour.cpu, body.mem || flavour.mem]; // an empty text keeps what is there
      refuseBadSizes(cpu, mem);
      const scalarResources =
        body.scalarResources === undefined ? flavour.scalarResources : { ...flavour.scalarResources, ...body.scalarResources };
      Object.assign(flavour, { cpu, mem, scalarResources, updatedAt: state.now });
      return ok(view(flavour, state));
    },
  },
  {
    method: 'DELETE',
    path: '/flavour/:flavourName',
    handle(call, state) {
      const flavour = require(param(call, 'flavourName'), state); // looked up before the owner is checked, as everywhere (6)
      if (!isRoot(call.user)) throw new ApiError('ActionNotAllowed');
      state.flavours.delete(flavour);
      return okEmpty;
    },
  },
];

const find = (name: string, state: State): FlavourRow | undefined => state.flavours.find((row) => row.name === name);
const hasCluster = (name: string, state: State): boolean => state.clusters.find(({ clusterName }) => clusterName === name) !== undefined;

function require(name: string, state: State): FlavourRow {
  const flavour = find(name, state);
  if (flavour === undefined) throw new ApiError('FlavourNotFound', notFoundText('flavour', name));
  return flavour;
}

function refuseBadSizes(cpu: string, mem: string): void {
  if ((parseCpu(cpu) ?? 0) <= 0 || (parseMemory(mem) ?? 0) <= 0)
    throw new ApiError('FlavourInvalidField', `flavour cpu[${cpu}] mem[${mem}] is invalid`);
}

/** Flavours forget to classify a bad marker (3.1). */
function unclassified<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ApiError ? new ApiError('', error.message) : error;
  }
}

function view(flavour: FlavourRow, state: State) {
  const { id, name, cpu, mem, scalarResources } = flavour;
  return {
    id,
    createTime: state.zone.local(flavour.createdAt),
    updateTime: state.zone.local(flavour.updatedAt),
    name,
    cpu,
    mem,
    scalarResources,
  };
}
