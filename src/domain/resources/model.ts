import { memoryOf, parseQuantity, quantityOf, type Quantity } from './quantity.ts';

export interface Device {
  readonly name: string;
  readonly quantity: Quantity;
}
export interface Resources {
  readonly cpu: Quantity;
  readonly memory: Quantity;
  readonly devices: readonly Device[];
}

interface Wire {
  readonly cpu: string;
  readonly memory: string;
  readonly scalarResources?: Readonly<Record<string, string>> | null | undefined;
}

export const resourcesFromWire = ({ cpu, memory, scalarResources }: Wire): Resources => ({
  cpu: quantityOf(cpu),
  memory: memoryOf(memory),
  devices: Object.entries(scalarResources ?? {}).map(([name, text]) => ({ name, quantity: quantityOf(text) })),
});

/** Nothing at all: what a cluster is said to have whose API has not answered (contract 2.12). */
export const isNothing = ({ cpu, memory, devices }: Resources): boolean =>
  [cpu, memory, ...devices.map(({ quantity }) => quantity)].every(({ text, value }) => value === 0 || text === '');

const larger = (one: string, other: string) => (parseQuantity(one) ?? 0) > (parseQuantity(other) ?? Infinity);

/** Where the one asks for more than the other has; what cannot be read is not compared. */
export const excessOf = (part: Wire, whole: Wire): 'cpu' | 'memory' | undefined =>
  larger(part.cpu, whole.cpu) ? 'cpu' : larger(part.memory, whole.memory) ? 'memory' : undefined;
