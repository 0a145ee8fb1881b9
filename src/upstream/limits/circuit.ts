export interface CircuitOptions {
  /** Failures in a row, over all callers, that open the circuit. Default 5. */
  readonly failuresToOpen?: number | undefined;
  /** How long it then stays open, in milliseconds. Doubles with every probe that fails. Default 1000. */
  readonly openMs?: number | undefined;
  /** Default 30000. */
  readonly maxOpenMs?: number | undefined;
  /** A clock in milliseconds that never goes back. */
  readonly now?: (() => number) | undefined;
}

export type CircuitState = 'closed' | 'open' | 'half-open';

/** `alive`: it answered, whatever it said. `failed`: it did not, or is out of service. `unknown`: we left before we knew. */
export type Verdict = 'alive' | 'failed' | 'unknown';

/** Spares a source that is down the load, and its callers the wait. After a while one request goes through as a probe. */
export interface Circuit {
  readonly state: CircuitState;
  /** Whether a request would be let through now. */
  readonly passable: boolean;
  /** `undefined`: not let through. Else call the function once, with what the request showed. */
  enter(): ((verdict: Verdict) => void) | undefined;
}

export function createCircuit(options: CircuitOptions = {}): Circuit {
  const { failuresToOpen = 5, openMs = 1000, maxOpenMs = 30_000, now = () => performance.now() } = options;
  let failures = 0;
  let open: { readonly until: number; readonly spanMs: number } | undefined;
  let probing = false;

  const openFor = (spanMs: number) => {
    open = { until: now() + spanMs, spanMs };
  };
  const settle = (verdict: Verdict, probe: boolean) => {
    if (probe) probing = false;
    if (verdict === 'alive') {
      // Also from a request that had left before the circuit opened: an answer is an answer.
      failures = 0;
      open = undefined;
    } else if (verdict === 'failed' && open && probe) openFor(Math.min(open.spanMs * 2, maxOpenMs));
    else if (verdict === 'failed' && !open) {
      failures += 1;
      if (failures >= failuresToOpen) openFor(openMs);
    }
  };
  const passable = () => !open || (!probing && now() >= open.until);
  return {
    get state() {
      if (!open) return 'closed';
      return probing || now() >= open.until ? 'half-open' : 'open';
    },
    get passable() {
      return passable();
    },
    enter() {
      if (!passable()) return undefined;
      const probe = open !== undefined;
      if (probe) probing = true;
      return (verdict) => settle(verdict, probe);
    },
  };
}
