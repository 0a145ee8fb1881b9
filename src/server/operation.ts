import type { IncomingHttpHeaders } from 'node:http';
import type { Client } from './client.ts';

/** Somebody who asks. What else it holds is for the `context`. */
export interface Visitor {
  /** Unlike that of other viewers, whatever connections they use. */
  readonly identity?: string | undefined;
  /** It is not known who that is, and why: a stranger, who gets little. */
  readonly refusal?: Error | undefined;
}

/** Finds out who asks. What it throws is no answer to that: the request fails. */
export type Identify = (headers: Readonly<IncomingHttpHeaders>) => Promise<Visitor>;

/** What is known about one GraphQL operation before it runs, the same on every transport. */
export interface Operation {
  /** Lower-case names. On a WebSocket: those of the upgrade, and what `connectionParams` may add (see `connection-headers.ts`). */
  readonly headers: Readonly<IncomingHttpHeaders>;
  readonly transport: 'http' | 'sse' | 'ws';
  readonly client: Client;
  /** Who asks, as `identify` of the gateway has found out before anything else of the request was looked at. */
  readonly visitor: Visitor;
  /** A subscription, for which nobody waits. */
  readonly endless?: boolean;
  /** Aborted when the client leaves or the gateway drains; never when the operation simply ends. */
  readonly signal: AbortSignal;
  /** The cursor that a reconnecting `EventSource` has seen last: it counts instead of the argument `after`. */
  readonly lastEventId?: string;
}

/** Makes the context of one operation: a plain object, as its own properties are what resolvers get. A GraphQLError it throws reaches the client. */
export type MakeContext<Context extends object> = (operation: Operation) => Promise<Context> | Context;
