// The examples with ids and names that this gateway has now. What somebody has changed in a tab stays as it is.

import { ask, isKnown } from './account.js';
import { examples, gateway } from './settings.js';
import { variablesModel } from './variables.js';

/** Where GraphiQL keeps its tabs, and which variables of them were put there by this page. */
const TABS = 'graphiql:tabState';
const FILLED = 'tributary:filled';

const LIVE = `{
  sources { name }
  newest: runs(first: 1) { nodes { id } }
  ended: runs(first: 1, filter: { states: [SUCCEEDED] }) { nodes { id } }
  running: runs(first: 10, filter: { states: [RUNNING] }) { nodes { id startedAt } }
}`;
const PIPELINE = `query ($source: String!) {
  pipelines(source: $source, first: 1) { nodes { id name versions(first: 1) { nodes { version } } } }
}`;

/** In the demo, when nothing runs just then: it talks for a minute and a half, in two steps and in colours. */
const TALKATIVE = `name: talkative
docker_env: busybox
entry_points:
  prepare: { command: 'for i in $(seq 1 10); do printf "\\033[36mprepared\\033[0m part %s\\n" $i; sleep 1; done' }
  train: { deps: prepare, command: 'for i in $(seq 1 60); do printf "\\033[1;32mepoch\\033[0m %s of 60\\n" $i; sleep 1; done' }
`;

/** Of those that run the one that began last: it will go on for longest. */
const running = (live) =>
  (live?.running?.nodes ?? []).toSorted((one, other) => ((one.startedAt ?? '') < (other.startedAt ?? '') ? 1 : -1))[0]?.id;

async function startOne() {
  const query = 'mutation ($input: CreateRunInput!) { createRun(input: $input) { ... on CreateRunPayload { run { id } } } }';
  return (await ask(query, { input: { source: 'demo', from: { yaml: TALKATIVE } } }))?.createRun?.run?.id;
}

/** What a tab needs, by the title of its example; undefined: as it is in the example. */
async function variablesFrom(live) {
  const source = live?.sources?.[0]?.name;
  if (source === undefined) return {};
  const newest = live.newest?.nodes[0]?.id;
  const id = running(live) ?? newest;
  const pipeline = (await ask(PIPELINE, { source }))?.pipelines?.nodes[0];
  const from = pipeline?.versions?.nodes[0]
    ? { pipeline: { id: pipeline.id, version: pipeline.versions.nodes[0].version } }
    : { yaml: TALKATIVE };
  return {
    FollowRuns: { filter: { sources: live.sources.map(({ name }) => name) } },
    CreateRun: { input: { source, name: 'first_try', from } },
    Pipelines: { source, first: 20 },
    ...(id && { FollowRunLog: { id }, FollowRun: { id }, StopRun: { input: { id } } }),
    ...(newest && { RunDetail: { id: newest }, RunLog: { id: live.ended?.nodes[0]?.id ?? newest, first: 100 } }),
  };
}

const stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
};
const keep = (key, value) => localStorage.setItem(key, JSON.stringify(value));
const textOf = (variables) => JSON.stringify(variables, null, 2);

/** The tabs of a first visit. Those of an earlier one are brought up to date where nobody has touched them. */
export async function fillExamples() {
  const fresh = isKnown() ? await variablesFrom(await ask(LIVE)) : {};
  const filled = stored(FILLED) ?? {};
  const tabs = examples.map(({ title, query, variables }) => ({
    title,
    query,
    ...((fresh[title] ?? variables) && { variables: textOf(fresh[title] ?? variables) }),
  }));
  const state = stored(TABS);
  for (const kept of state?.tabs ?? []) {
    const tab = tabs.find(({ query }) => query === kept.query);
    const original = examples.find(({ title }) => title === tab?.title)?.variables;
    const isUntouched = [filled[tab?.title], original && textOf(original)].includes(kept.variables ?? undefined);
    if (tab?.variables && isUntouched) kept.variables = tab.variables;
  }
  if (state) {
    keep(TABS, state);
    // GraphiQL has the texts of the tab in front a second time, and makes one more tab where they fit none.
    const kept = state.tabs ?? [];
    const front = kept.find(({ query }) => query === localStorage.getItem('graphiql:query')) ?? kept[state.activeTabIndex];
    if (front) {
      localStorage.setItem('graphiql:query', front.query ?? '');
      localStorage.setItem('graphiql:variables', front.variables ?? '');
    }
  }
  keep(FILLED, Object.fromEntries(tabs.map(({ title, variables }) => [title, variables])));
  return { tabs: tabs.map(({ query, variables }) => ({ query, variables })), isFirstVisit: state === null };
}

/** By the time somebody comes to it, the run that was going on when the page was loaded may have ended. */
export async function refreshFollowed() {
  if (!isKnown()) return;
  const live = await ask(LIVE);
  const id = running(live) ?? (gateway.demo && live ? await startOne() : undefined);
  const filled = stored(FILLED) ?? {};
  const model = variablesModel();
  if (id === undefined || model?.getValue() !== filled.FollowRunLog) return;
  const text = textOf({ id });
  model.setValue(text);
  keep(FILLED, { ...filled, FollowRunLog: text });
}
