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

/**
 * Where the one asks for more than the other has, as the inputs call it. What cannot be read is not compared, nor a device of which the other says
 * nothing: whether that is none or any number is the backend's to say.
 */
export function excessOf(part: Wire, whole: Wire): string | undefined {
  if (larger(part.cpu, whole.cpu)) return 'cpu';
  if (larger(part.memory, whole.memory)) return 'memory';
  const limits = new Map(Object.entries(whole.scalarResources ?? {}));
  const device = Object.entries(part.scalarResources ?? {}).findIndex(([name, text]) => larger(text, limits.get(name) ?? ''));
  return device < 0 ? undefined : `devices.${device}.quantity`;
}
