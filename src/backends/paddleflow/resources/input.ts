import { InvalidInputProblem } from '../../../problem/problem.ts';
import { parseQuantity } from './quantity.ts';

export interface DeviceInput {
  readonly name: string;
  readonly quantity: string;
}
export interface ResourcesInput {
  readonly cpu: string;
  readonly memory: string;
  readonly devices?: readonly DeviceInput[] | null | undefined;
}

/** The text as it is given, once it is one. The backend calls a mistake here an internal error (contract 2.3), so it must not get that far. */
export function requireQuantity(text: string, field: string, { positive = false } = {}): string {
  const value = parseQuantity(text);
  if (value === undefined) throw new InvalidInputProblem(`${JSON.stringify(text)} is no quantity: write 4, 500m, 20Gi, 20G`, field);
  if (value < 0) throw new InvalidInputProblem('must not be negative', field);
  if (positive && value === 0) throw new InvalidInputProblem('must be more than nothing', field);
  return text;
}

/** By name, as the backend takes them; undefined when none are given. */
export function requireDevices(devices: readonly DeviceInput[] | null | undefined, field: string): Record<string, string> | undefined {
  if (!devices) return undefined;
  const named = new Map<string, string>();
  for (const [index, { name, quantity }] of devices.entries()) {
    const place = `${field}.${index}`;
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9._-]+)?$/.test(name))
      throw new InvalidInputProblem('must be the name of a resource, such as nvidia.com/gpu', `${place}.name`);
    if (named.has(name)) throw new InvalidInputProblem(`${name} is named twice`, `${place}.name`);
    named.set(name, requireQuantity(quantity, `${place}.quantity`));
  }
  return Object.fromEntries(named);
}

/** Throws `InvalidInputProblem` with the path of the field at fault. */
export const requireResources = ({ cpu, memory, devices }: ResourcesInput, field: string) => ({
  cpu: requireQuantity(cpu, `${field}.cpu`),
  memory: requireQuantity(memory, `${field}.memory`),
  scalarResources: requireDevices(devices, `${field}.devices`),
});
