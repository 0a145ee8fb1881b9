import { OrderError } from './order-error.ts';

/** What any sandbox can be ordered to do wrong on the way to its client. */
export type CommonFaultKind =
  /** The answer comes `ms` later. */
  | 'latency'
  /** `status` with `body` as it is, or with an error body made of `code` and `message`. */
  | 'status'
  /** The connection ends without an answer. */
  | 'cut'
  /** Half of the body, then the connection ends. */
  | 'cut-body'
  /** Half of the body, the rest `ms` later. */
  | 'slow-body'
  /** A 200 that is not JSON. */
  | 'garbage'
  /** A 200 without a body. */
  | 'empty-body';

/** What a fault answers that needs nothing of the server, not even its form of an error; undefined for all others. */
export function plainReply({ kind, status = 500, body }: WireFault<string>): { status: number; text: string } | 'dropped' | undefined {
  switch (kind) {
    case 'status':
      return body === undefined ? undefined : { status, text: body };
    case 'cut':
      return 'dropped';
    case 'garbage':
      return { status: 200, text: '<html><body>Bad Gateway</body></html>' };
    case 'empty-body':
      return { status: 200, text: '' };
    default:
      return undefined;
  }
}

/** A fault that waits for calls which it matches. `Kind`: the common ones, and those of one system. */
export interface WireFault<Kind extends string = CommonFaultKind> {
  readonly kind: Kind;
  /** Default: every method. */
  readonly method?: string;
  /** A regular expression over path and query. Default: every path. */
  readonly path?: string;
  /** How many calls it strikes; default: all until the faults are cleared. */
  readonly times?: number;
  /** Real milliseconds, unless the kind says otherwise. */
  readonly ms?: number;
  readonly status?: number;
  readonly body?: string;
  readonly code?: string;
  readonly message?: string;
  /**
   * Whether the server does its work before `latency`, `status`, `cut`, `garbage` or `empty-body` strikes: a write then took effect although
   * its answer got lost. Default false: with `latency` the work is done after the wait, with the others never.
   */
  readonly applied?: boolean;
}

/** Faults that wait for calls they match. */
export interface WireFaults<Kind extends string = CommonFaultKind> {
  /** Throws an OrderError for an unsound regular expression. */
  order(fault: WireFault<Kind>): void;
  /** Those that strike this call, in the order in which they were ordered; each counts it. */
  take(method: string, path: string): WireFault<Kind>[];
  clear(): void;
}

interface Waiting<Kind extends string> {
  readonly fault: WireFault<Kind>;
  readonly path: RegExp;
  left: number;
}

export function createWireFaults<Kind extends string = CommonFaultKind>(): WireFaults<Kind> {
  let waiting: Waiting<Kind>[] = [];
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

function pattern(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new OrderError(400, `path is no regular expression: ${String(error)}`);
  }
}
