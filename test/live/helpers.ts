import type { Bench } from '../support/bench.ts';
import { toGlobalId } from '../support/bench.ts';

/** The data of a query that must not fail. */
export async function ask<Data>(bench: Bench, text: string, variables: Record<string, unknown> = {}, gateway = 0): Promise<Data> {
  const { data, errors } = await bench.query<Data>(text, variables, {}, gateway);
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

export const runIdAt = (ordinal: number, source = 'prod') => toGlobalId('Run', source, `run-${String(ordinal).padStart(6, '0')}`);

export interface StreamItem {
  readonly __typename: 'RunChange' | 'ExecutionChange' | 'LogLines' | 'StreamGap' | 'StreamEnd';
  readonly cursor: string;
  readonly event?: {
    readonly kind: string;
    readonly state: string;
    readonly rawState: string;
    readonly message: string;
    readonly steps: string[];
  };
  readonly run?: { readonly id: string; readonly runId: string; readonly source: string };
  readonly execution?: { readonly __typename: string; readonly id: string };
  readonly stepPath?: string;
  readonly lines?: readonly { readonly number: number; readonly text: string; readonly at: string | null; readonly cut: boolean }[];
  readonly gapReason?: string;
  readonly endReason?: string;
}

const runItem = `__typename ... on StreamItem { cursor } ... on RunChange { event { kind state rawState message steps } run { id runId source: sourceName } }
  ... on StreamGap { gapReason } ... on StreamEnd { endReason }`;
const logItem = `__typename ... on StreamItem { cursor } ... on LogLines { stepPath lines { number text at cut } }
  ... on StreamGap { gapReason } ... on StreamEnd { endReason }`;
export const subscriptions = {
  runChanged: `subscription ($id: ID, $filter: RunFilter, $after: Cursor) { runChanged(id: $id, filter: $filter, after: $after) { ${runItem} } }`,
  executionChanged: `subscription ($id: ID, $filter: ExecutionFilter, $after: Cursor) { executionChanged(id: $id, filter: $filter, after: $after) {
    __typename ... on StreamItem { cursor } ... on ExecutionChange { event { kind state rawState message steps } execution { __typename id } }
    ... on StreamGap { gapReason } ... on StreamEnd { endReason } } }`,
  /** Without a look at each run. */
  runEvents: `subscription ($after: Cursor) { runEvents: runChanged(after: $after) { __typename ... on StreamItem { cursor } ... on RunChange { event { kind } } } }`,
  runLog: `subscription ($id: ID!, $after: Cursor) { runLog(id: $id, after: $after) { ${logItem} } }`,
  stepLog: `subscription ($id: ID!, $after: Cursor) { stepLog(id: $id, after: $after) { ${logItem} } }`,
};

/** A subscription over a WebSocket of its own. */
export async function follow(bench: Bench, field: keyof typeof subscriptions, variables: Record<string, unknown>, gateway = 0) {
  const socket = await bench.socket(undefined, gateway);
  const operation = socket.start({ query: subscriptions[field], variables });
  const items: StreamItem[] = [];
  const following = {
    items,
    async next(): Promise<StreamItem> {
      const message = await operation.message();
      if (message.type !== 'next') throw new Error(JSON.stringify(message));
      const { data, errors } = message.payload as { data?: Record<string, StreamItem>; errors?: unknown };
      const item = data?.[field];
      if (item === undefined) throw new Error(JSON.stringify(errors));
      items.push(item);
      return item;
    },
    /** Until the item for which it holds, which comes along. */
    async until(holds: (item: StreamItem) => boolean): Promise<StreamItem[]> {
      while (!holds(await following.next()));
      return items;
    },
    /** Until the stream says its end. */
    toEnd: () => following.until(({ __typename }) => __typename === 'StreamEnd'),
    errors: () => operation.errors(),
    [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose](),
  };
  return following;
}

export const linesOf = (items: readonly StreamItem[]) => items.flatMap(({ lines = [] }) => lines);
export const textsOf = (items: readonly StreamItem[]) => linesOf(items).map(({ text }) => text);
export const gapsOf = (items: readonly StreamItem[]) =>
  items.filter(({ __typename }) => __typename === 'StreamGap').map(({ gapReason }) => gapReason);
export const kindsOf = (items: readonly StreamItem[]) => items.flatMap(({ event }) => (event ? [`${event.kind} ${event.state}`] : []));

/** Starts a run of this YAML; returns its ids. */
export async function createRun(bench: Bench, yaml: string, source = 'prod'): Promise<{ id: string; runId: string }> {
  const { createRun: made } = await ask<{ createRun: { run?: { id: string; runId: string } } }>(
    bench,
    `mutation ($input: CreateRunInput!) { createRun(input: $input) { __typename ... on CreateRunPayload { run { id runId } } } }`,
    { input: { source, from: { yaml } } },
  );
  if (!made.run) throw new Error(JSON.stringify(made));
  return made.run;
}
