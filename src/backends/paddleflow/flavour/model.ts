import { keyOf } from '../../../core/key.ts';
import type { WireFlavour } from '../wire/wire.ts';
import { resourcesFromWire } from '../resources/model.ts';

/** Here the size of the memory is called `mem` in answers, too (contract 2.4). The cluster that it may be bound to is not told. */
export const flavourFromWire = (source: string, { mem, ...wire }: WireFlavour, readTime: (serverTime: string) => Date | null) => ({
  kind: 'Flavour' as const,
  key: keyOf(source, wire.name),
  source,
  flavourName: wire.name,
  resources: resourcesFromWire({ ...wire, memory: mem }),
  createdAt: readTime(wire.createTime),
  updatedAt: readTime(wire.updateTime),
});
export type Flavour = Readonly<ReturnType<typeof flavourFromWire>>;
