import type { WireFault } from './control/orders.ts';
import { OrderError } from './control/orders.ts';
import type { Quirk } from './wire/call.ts';

/** Faults that wait for calls they match. */
export interface WireFaults {
  /** Throws an OrderError for an unsound regular expression. */
  order(fault: WireFault): void;
  /** Those that strike this call, in the order in which they were ordered; each counts it. */
  take(method: string, path: string): WireFault[];
  clear(): void;
}

interface Waiting {
  readonly fault: WireFault;
  readonly path: RegExp;
  left: number;
}

export function createWireFaults(): WireFaults {
  let waiting: Waiting[] = [];
  return {
    order(fault) {
      waiting.push({ fault, path: pattern(fault.path ?? ''), left: fault.times ?? Infinity });
    },
    take(method, path) {
      const struck = waiting.filter((one) => (one.fault.method?.toUpperCase() ?? method) === method && one.path.test(path));
      // Of those that end a call alone the first one strikes; waiting comes in addition.
      const first = struck.find(({ fault }) => fault.kind !== 'latency');
      const taken = struck.filter((one) => one === first || one.fault.kind === 'latency');
      for (const one of taken) one.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return taken.map(({ fault }) => fault);
    },
    clear() {
      waiting = [];
    },
  };
}

export function quirkOf({ kind, ms = 0 }: WireFault): Quirk | undefined {
  if (kind === 'empty-run-id' || kind === 'retry-stray') return { kind };
  return kind === 'retry-slow' ? { kind, ms } : undefined;
}

function pattern(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new OrderError(400, `path is no regular expression: ${String(error)}`);
  }
}
