import { parseCpu, parseMemory } from '../state/quantity.ts';
import type { FlavourRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { isRoot } from '../wire/access.ts';
import type { Endpoint } from '../wire/call.ts';
import { ok, okEmpty, param } from '../wire/call.ts';
import { openMap } from '../../kit/write-json.ts';
import { ApiError, noAccessText } from '../wire/errors.ts';
import { readBody } from '../wire/json.ts';
import { isLike } from '../wire/like.ts';
import { rowOfMarker } from '../wire/marker.ts';
import { readMaxKeys, takePage } from '../wire/paging.ts';
import { notAQuantity } from './queue-resources.ts';

const sizes = { cpu: 'string', mem: 'string', scalarResources: 'string-map', clusterName: 'string' } as const;

/** Contract 2.4. The creator is not stored, so that only root can change a flavour. */
export const flavours: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/flavour',
    handle(call, state) {
      const maxKeys = readMaxKeys(call.query);
      const after = rowOfMarker(call.query.get('marker') ?? '', state.cipher, 'unclassified');
      const name = call.query.get('name') ?? '';
      const clusterName = call.query.get('clusterName') ?? '';
      if (clusterName !== '' && !hasCluster(clusterName, state)) throw new ApiError('', 'record not found');
      const wanted = (row: FlavourRow) => isLike(row.name, `%${name}%`) && (row.clusterName === '' || row.clusterName === clusterName);
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
      const { name = '', clusterName = '', cpu = '', mem = '', scalarResources = {} } = body;
      if (name === '') throw new ApiError('FlavourNotFound', 'field not be empty');
      if (find(name, state)) throw new ApiError('DuplicatedName');
      refuseBadSizes(cpu, mem, scalarResources);
      if (clusterName !== '' && !hasCluster(clusterName, state)) throw new ApiError('ClusterNameNotFound', 'record not found');
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
      refuseOthers(call.user, flavour);
      if ((body.clusterName ?? '') !== flavour.clusterName)
        throw new ApiError('', `not support operate to update flavour[${flavour.name}]'s cluster`);
      const { cpu = '', mem = '', scalarResources = {} } = body;
      const flaw = (cpu === '' ? undefined : flawOfSize(cpu, parseCpu)) ?? (mem === '' ? undefined : flawOfSize(mem, parseMemory));
      if (flaw !== undefined) throw new ApiError('FlavourInvalidField', flaw);
      refuseBadScalars(scalarResources);
      // An empty text keeps what is there; scalars are merged, never taken away.
      Object.assign(flavour, {
        cpu: cpu || flavour.cpu,
        mem: mem || flavour.mem,
        scalarResources: { ...flavour.scalarResources, ...scalarResources },
        updatedAt: state.now,
      });
      return ok(view(flavour, state));
    },
  },
  {
    method: 'DELETE',
    path: '/flavour/:flavourName',
    handle(call, state) {
      const name = param(call, 'flavourName');
      const flavour = find(name, state);
      if (flavour === undefined) throw new ApiError('FlavourNotFound', `delete flavour ${name} occur a error:record not found`);
      refuseOthers(call.user, flavour); // looked up before, as everywhere (6)
      state.flavours.delete(flavour);
      return okEmpty;
    },
  },
];

const find = (name: string, state: State): FlavourRow | undefined => state.flavours.find((row) => row.name === name);
const hasCluster = (name: string, state: State): boolean => state.clusters.find(({ clusterName }) => clusterName === name) !== undefined;

function require(name: string, state: State): FlavourRow {
  const flavour = find(name, state);
  if (flavour === undefined) throw new ApiError('FlavourNotFound', 'record not found');
  return flavour;
}

function refuseOthers(user: string, { id }: FlavourRow): void {
  if (!isRoot(user)) throw new ApiError('ActionNotAllowed', noAccessText(user, 'flavour', id));
}

function refuseBadSizes(cpu: string, mem: string, scalars: Readonly<Record<string, string>>): void {
  for (const [name, text, parse] of [
    ['cpu', cpu, parseCpu],
    ['mem', mem, parseMemory],
  ] as const) {
    const flaw = flawOfSize(text, parse);
    if (flaw !== undefined) throw new ApiError('FlavourInvalidField', `validate ${name} failed,err: ${flaw}`);
  }
  refuseBadScalars(scalars);
}

function refuseBadScalars(scalars: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(scalars)) {
    const amount = parseMemory(text);
    if (amount === undefined) throw new ApiError('FlavourInvalidField', `${name} ${notAQuantity}`);
    if (amount < 0) throw new ApiError('FlavourInvalidField', `${name} resource cannot be negative`);
  }
}

/** Of memory and of nothing at all it says the same (12.2). */
function flawOfSize(text: string, parse: (text: string) => number | undefined): string | undefined {
  const amount = parse(text);
  if (amount === undefined) return notAQuantity;
  return amount > 0 ? undefined : 'cpu cannot be negative';
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
    scalarResources: openMap(scalarResources),
  };
}
