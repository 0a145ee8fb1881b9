import type { ClockReading } from '../kit/clock.ts';
import type { Order } from './control/orders.ts';
import type { Birth } from './state/state.ts';
import type { Method, Quirk } from './wire/call.ts';

/** One accepted command at its sandbox time, as the journal keeps it. Doing all of them again, in order, gives the same server. */
export type Entry = { readonly at: number } & (
  | { readonly do: 'begin'; readonly version: 1; readonly birth: Birth }
  | ({ readonly do: 'clock'; readonly wall: number } & ClockReading)
  | { readonly do: 'order'; readonly order: Order }
  | {
      readonly do: 'call';
      readonly user: string;
      readonly method: Method;
      /** Below the base path, with the query. */
      readonly path: string;
      readonly body: string;
      readonly quirk?: Quirk;
      /** Made by the demo itself: the run's id, by which the run and its command are forgotten together. */
      readonly demoRun?: string;
    }
);
