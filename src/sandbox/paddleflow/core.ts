import type { Clock, ClockReading } from '../kit/clock.ts';
import type { Journal } from '../kit/journal.ts';
import { createRouter, splitPath } from '../kit/router.ts';
import { compact } from './compact.ts';
import { applyOrder } from './control/apply-order.ts';
import type { Order } from './control/orders.ts';
import { endpoints } from './endpoints/index.ts';
import type { Entry } from './entry.ts';
import type { State } from './state/state.ts';
import { isMethod, keyOf, type Answer, type Quirk } from './wire/call.ts';
import { ApiError, HungRequest } from './wire/errors.ts';
import { readQuery } from './wire/query.ts';

/** A call that has passed the authentication. `path` is below the base path and has the query. */
export interface CoreCall {
  readonly user: string;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly quirk?: Quirk | undefined;
}

const route = createRouter(endpoints);

/** State, clock and journal together: whatever changes the server goes through here, once at its time and once more at each later start. */
export class Core {
  readonly state: State;
  readonly clock: Clock;
  /** What the demo started itself and still keeps, oldest first. */
  readonly demoRuns: string[] = [];
  readonly #journal: Journal<Entry> | undefined;

  constructor(state: State, clock: Clock, journal: Journal<Entry> | undefined) {
    this.state = state;
    this.clock = clock;
    this.#journal = journal;
  }

  /** Brings the server to the present. To be called before anything is looked at. */
  catchUp(): number {
    this.state.advanceTo(this.clock.now());
    return this.state.now;
  }

  /** Throws an ApiError, a DroppedConnection or a HungRequest. A write is in the journal before this returns. */
  call(call: CoreCall): Answer {
    this.catchUp();
    try {
      const answer = this.#dispatch(call);
      if (answer.status < 300) this.#journalCall(call);
      return answer;
    } catch (error) {
      // An ordered misbehaviour may both refuse and change something, as may a call without an end.
      if (call.quirk !== undefined || (error instanceof HungRequest && error.changed)) this.#journalCall(call);
      throw error;
    }
  }

  /** A run that the demo starts of its own accord. Undefined: the server refused it, for example because its pipeline was deleted. */
  startDemoRun(call: CoreCall): string | undefined {
    this.catchUp();
    try {
      const runID = keyOf(this.#dispatch(call), 'runID');
      if (typeof runID !== 'string') return undefined;
      this.#journalCall(call, runID);
      this.demoRuns.push(runID);
      return runID;
    } catch (error) {
      if (error instanceof ApiError) return undefined;
      throw error;
    }
  }

  forgetDemoRun(runID: string): void {
    this.#dropDemoRun(runID);
    if (this.state.run(runID) !== undefined) this.order({ op: 'forget-run', runID });
  }

  compactJournal(): void {
    this.#journal?.rewrite(compact(this.#journal.read()));
  }

  /** Throws an OrderError. */
  order(order: Order): void {
    this.catchUp();
    applyOrder(order, this.state);
    this.#journal?.append({ at: this.state.now, do: 'order', order });
  }

  setClock(reading: ClockReading): void {
    this.#journalClock(this.clock.set(reading, this.catchUp()));
  }

  advance(milliseconds: number): number {
    this.clock.advance(milliseconds);
    this.#journalClock(this.clock.set(this.clock.reading, this.catchUp()));
    return this.state.now;
  }

  replay(entry: Entry): void {
    this.state.advanceTo(entry.at);
    if (entry.do === 'call') {
      this.#replayCall(entry);
      if (entry.demoRun !== undefined) this.demoRuns.push(entry.demoRun);
    } else if (entry.do === 'order') {
      applyOrder(entry.order, this.state);
      if (entry.order.op === 'forget-run') this.#dropDemoRun(entry.order.runID);
    }
    if (entry.do === 'clock') this.clock.set(entry, entry.at, entry.wall);
  }

  #dropDemoRun(runID: string): void {
    const index = this.demoRuns.indexOf(runID);
    if (index !== -1) this.demoRuns.splice(index, 1);
  }

  #replayCall(call: CoreCall): void {
    try {
      this.#dispatch(call);
    } catch (error) {
      if (call.quirk === undefined && !(error instanceof HungRequest)) throw error;
    }
  }

  #dispatch({ user, method, path, body, quirk }: CoreCall): Answer {
    const { pathname } = splitPath(path);
    const found = route(method, pathname);
    if (found === 'no-such-path') throw new ApiError('PathNotFound');
    if (found === 'no-such-method' || !isMethod(method)) throw new ApiError('MethodNotAllowed');
    const { endpoint, params } = found;
    return endpoint.handle(
      { user, method, path: pathname, body, quirk, params, query: readQuery(path.slice(pathname.length)) },
      this.state,
    );
  }

  #journalCall({ user, method, path, body, quirk }: CoreCall, demoRun?: string): void {
    if (method === 'GET' || !isMethod(method) || path === '/login') return;
    const marks = { ...(quirk && { quirk }), ...(demoRun !== undefined && { demoRun }) };
    this.#journal?.append({ at: this.state.now, do: 'call', user, method, path, body, ...marks });
  }

  #journalClock({ at, wall }: { at: number; wall: number }): void {
    this.#journal?.append({ at, do: 'clock', wall, ...this.clock.reading });
  }
}
