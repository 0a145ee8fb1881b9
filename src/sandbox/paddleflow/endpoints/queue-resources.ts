import { openMap } from '../../kit/write-json.ts';
import { formatCpu, formatMemory, parseCpu, parseMemory } from '../state/quantity.ts';
import type { Resources } from '../state/rows.ts';
import { ApiError } from '../wire/errors.ts';
import type { Decoded } from '../wire/json.ts';

/** Requests say `mem`, answers `memory` (2.3). */
export const resourcesShape = { cpu: 'string', mem: 'string', scalarResources: 'string-map' } as const;

export const noResources: Resources = { cpu: 0, memory: 0, scalarResources: {} };

/** What Kubernetes says of a text that is no quantity (12.2). */
export const notAQuantity = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** What is not said stays as it was before, for a new queue at zero. Throws `InvalidComputeResource` for a bad or negative quantity. */
export function readResources(wire: Decoded<typeof resourcesShape>, before: Resources = noResources): Resources {
  const { cpu = '', mem = '', scalarResources = {} } = wire;
  const given = { ...(cpu === '' ? {} : { cpu }), ...(mem === '' ? {} : { memory: mem }), ...scalarResources };
  const amounts = Object.entries(given).map(([name, text]) => (name === 'cpu' ? parseCpu(text) : parseMemory(text)));
  if (amounts.includes(undefined)) throw new ApiError('InvalidComputeResource', notAQuantity);
  if (amounts.some((amount) => (amount ?? 0) < 0))
    throw new ApiError('InvalidComputeResource', `negative resources not permitted: ${goMap(given)}`);
  return {
    cpu: cpu === '' ? before.cpu : (parseCpu(cpu) ?? 0),
    memory: mem === '' ? before.memory : (parseMemory(mem) ?? 0),
    scalarResources: { ...before.scalarResources, ...scalarResources },
  };
}

/** As Go prints a map: `map[cpu:-1 memory:1Gi]`. */
const goMap = (map: Readonly<Record<string, string>>): string => {
  const pairs = Object.keys(map).toSorted();
  return `map[${pairs.map((key) => `${key}:${map[key]}`).join(' ')}]`;
};

export const resourcesView = ({ cpu, memory, scalarResources }: Resources) => ({
  cpu: formatCpu(cpu),
  memory: formatMemory(memory),
  ...(Object.keys(scalarResources).length > 0 ? { scalarResources: openMap(scalarResources) } : {}),
});
