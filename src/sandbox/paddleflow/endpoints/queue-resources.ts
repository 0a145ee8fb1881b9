import { formatCpu, formatMemory, parseCpu, parseMemory } from '../state/quantity.ts';
import type { Resources } from '../state/rows.ts';
import { ApiError } from '../wire/errors.ts';
import type { Decoded } from '../wire/json.ts';

/** Requests say `mem`, answers `memory` (2.3). */
export const resourcesShape = { cpu: 'string', mem: 'string', scalarResources: 'string-map' } as const;

export const noResources: Resources = { cpu: 0, memory: 0, scalarResources: {} };

/** Throws `InvalidComputeResource` for a bad or negative quantity. */
export function readResources(wire: Decoded<typeof resourcesShape>): Resources {
  const cpu = parseCpu(wire.cpu ?? '');
  const memory = parseMemory(wire.mem ?? '');
  const scalars = wire.scalarResources ?? {};
  const sound = cpu !== undefined && cpu >= 0 && memory !== undefined && memory >= 0;
  if (!sound || Object.values(scalars).some((amount) => (parseMemory(amount) ?? -1) < 0))
    throw new ApiError('InvalidComputeResource', `compute resource cpu[${wire.cpu ?? ''}] mem[${wire.mem ?? ''}] is invalid`);
  return { cpu, memory, scalarResources: scalars };
}

export const resourcesView = ({ cpu, memory, scalarResources }: Resources) => ({
  cpu: formatCpu(cpu),
  memory: formatMemory(memory),
  ...(Object.keys(scalarResources).length > 0 ? { scalarResources } : {}),
});
