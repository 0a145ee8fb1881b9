import { ask, follow, type StreamItem } from '../../live/helpers.ts';
import type { Bench } from '../../support/bench.ts';

/** What a gateway has handed out, and where its readers stood: kept beside the dump. */
export interface Places {
  /** Runs whose events and logs are looked at, by a word for each. */
  readonly runs: Readonly<Record<string, string>>;
  /** Ends of pages of `runs` and `executions`, and of a filtered list. */
  readonly pages: Readonly<Record<ListName, readonly string[]>>;
  /** Of `runChanged` over all sources, one for each item, in order. */
  readonly changes: readonly string[];
  /** Of `Run.events`, all of them, by the word of the run. */
  readonly events: Readonly<Record<string, readonly string[]>>;
  /** Of the lines of `Run.log`, all of them, by the word of the run. */
  readonly logs: Readonly<Record<string, readonly string[]>>;
}
export type ListName = keyof typeof lists;

const lists = {
  runs: `query ($first: Int, $after: Cursor, $last: Int, $before: Cursor) { list: runs(first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { id runId state rawState name createdAt startedAt endedAt retryOf { runId } logArchived } pageInfo { endCursor hasNextPage } } }`,
  filtered: `query ($first: Int, $after: Cursor, $last: Int, $before: Cursor) { list: runs(filter: { ownerNames: ["root", "alice"], states: [SUCCEEDED, FAILED, CANCELLED] }, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { runId state rawState } pageInfo { endCursor hasNextPage } } }`,
  executions: `query ($first: Int, $after: Cursor, $last: Int, $before: Cursor) { list: executions(first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { __typename state rawState createdAt } pageInfo { endCursor hasNextPage } } }`,
};
export const listNames = Object.keys(lists) as ListName[]; // a literal above

interface Page {
  list: {
    totalCount: number;
    nodes: { runId?: string; createdAt?: string }[];
    pageInfo: { endCursor: string | null; hasNextPage: boolean };
  };
}
export const pageOf = async (bench: Bench, name: ListName, at: object) => (await ask<Page>(bench, lists[name], { ...at })).list;

const idsOf = ({ nodes }: Page['list']) => nodes.map(({ runId, createdAt }) => runId ?? createdAt);

const history = `query ($id: ID!, $after: Cursor) { run(id: $id) { runId events(first: 100, after: $after) { reset
  edges { cursor node { kind at state rawState message steps } } } } }`;
interface History {
  run: { runId: string; events: { reset: boolean; edges: { cursor: string; node: object }[] } };
}
export const eventsOf = async (bench: Bench, id: string, after?: string) => (await ask<History>(bench, history, { id, after })).run.events;

const log = `query ($id: ID!, $after: Cursor) { run(id: $id) { log(first: 1000, after: $after) {
  edges { cursor stepPath node { number text at cut } } gaps { gapReason missingLines } complete: ended } } }`;
const detail = `query ($id: ID!) { run(id: $id) { runId state rawState message deletedUpstream logArchived duplicateOf { runId } retries { runId }
  parameters steps { path state rawState startedAt endedAt } } }`;

interface Log {
  run: { log: { edges: { cursor: string; stepPath: string; node: object }[]; gaps: object[]; complete: boolean } };
}
export const logOf = async (bench: Bench, id: string, after?: string) => (await ask<Log>(bench, log, { id, after })).run.log;
/** Without cursors: those of two databases differ. */
const linesOfPage = ({ edges, ...rest }: Log['run']['log']) => ({ lines: edges.map(({ cursor: _cursor, ...line }) => line), ...rest });

const middleOf = (cursors: readonly string[]) => cursors[Math.floor(cursors.length / 2) - 1];
const behindMiddle = (cursors: readonly string[]) => cursors.length - Math.floor(cursors.length / 2);

/** Line by line, as they come in pieces of any size; to the end, where there is one, or until all has come that was there. */
async function restOfLog(bench: Bench, id: string, told: readonly string[], complete: boolean): Promise<string[]> {
  await using stream = await follow(bench, 'runLog', { id, after: middleOf(told) });
  const lines = () =>
    stream.items.flatMap(({ __typename, stepPath, lines: some = [], gapReason, endReason }) =>
      __typename === 'LogLines'
        ? some.map(({ number, text }) => `${stepPath} ${number} ${text}`)
        : [`${__typename} ${gapReason ?? endReason}`],
    );
  await stream.until(({ __typename }) => (complete ? __typename === 'StreamEnd' : lines().length === behindMiddle(told)));
  return lines();
}

async function restOfChanges(bench: Bench, told: readonly string[]): Promise<object[]> {
  await using stream = await follow(bench, 'runChanged', { after: middleOf(told) });
  while (stream.items.length < behindMiddle(told)) await stream.next();
  return stream.items.map(({ cursor: _cursor, ...item }) => item);
}

/** Events of two sources come in one order for each of them. */
const perSource = (items: readonly object[]) =>
  Object.fromEntries(
    [...Map.groupBy(items as StreamItem[], ({ run }) => String(run?.source))].toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

/** All that can be read where nothing goes on: lists, details, events and logs, from their beginnings and on from the places that were handed out. */
export async function takePicture(bench: Bench, { runs, pages, changes, events, logs }: Places) {
  const picture: Record<string, unknown> = {};
  for (const name of listNames) {
    const [first, ...ends] = pages[name];
    picture[name] = await pageOf(bench, name, { first: 100 }).then(({ nodes, totalCount }) => ({ nodes, totalCount }));
    for (const [index, after] of [first, ...ends].entries()) {
      picture[`${name} behind page ${index}`] = idsOf(await pageOf(bench, name, { first: 100, after }));
      picture[`${name} before the end of page ${index}`] = idsOf(await pageOf(bench, name, { last: 3, before: after }));
    }
  }
  for (const [word, id] of Object.entries(runs)) {
    picture[`detail of ${word}`] = await ask(bench, detail, { id });
    const told = await eventsOf(bench, id);
    picture[`events of ${word}`] = told.edges.map(({ node }) => node);
    const rest = await eventsOf(bench, id, middleOf(events[word] ?? []));
    picture[`events of ${word} from the middle`] = { reset: rest.reset, nodes: rest.edges.map(({ node }) => node) };
    picture[`events of ${word} behind the last`] = (await eventsOf(bench, id, events[word]?.at(-1))).edges;
  }
  for (const [word, told] of Object.entries(logs)) {
    const id = runs[word] ?? '';
    const whole = await logOf(bench, id);
    picture[`log of ${word}`] = linesOfPage(whole);
    picture[`log of ${word} from the middle`] = linesOfPage(await logOf(bench, id, middleOf(told)));
    picture[`log of ${word}, followed from the middle`] = await restOfLog(bench, id, told, whole.complete);
  }
  picture['changes, followed from the middle'] = perSource(await restOfChanges(bench, changes));
  return picture;
}
