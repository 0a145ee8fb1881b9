import { builder } from '../../../graphql/builder.ts';
import { isKind } from '../../../graphql/is-kind.ts';
import { idDescription } from '../../../graphql/relay-descriptions.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { ExecutionState } from '../../../execution/schema.ts';
import { queuesAhead, QueueRef } from '../queue/schema.ts';
import type { Context } from '../../../context.ts';
import { componentsOf, type Component, type Dag, type Step } from './detail.ts';
import { detailOf, loadDetails } from './load-detail.ts';

/** A component together with the run it belongs to: `prod:run-000012/evaluate/score[1]`. */
export type OfRun<T extends Component> = T & { readonly runKey: string };

export const inRun = <T extends Component>(runKey: string, component: T): OfRun<T> => ({ ...component, runKey });
const keyOfComponent = ({ runKey, path }: OfRun<Component>): string => `${runKey}/${path}`;

/** The run and the path behind the key of a step or dag. */
export function splitComponentKey(key: string): { runKey: string; path: string } {
  const { source, id } = splitKey(key);
  const slash = id.indexOf('/');
  return slash <= 0 ? { runKey: key, path: '' } : { runKey: keyOf(source, id.slice(0, slash)), path: id.slice(slash + 1) };
}

/** Steps or dags by their keys: null when the run is not there, not for this viewer, or has no such component. */
async function findComponents(context: Context, keys: readonly string[]): Promise<(OfRun<Component> | Error | null)[]> {
  const places = keys.map(splitComponentKey);
  const runKeys = [...new Set(places.filter(({ path }) => path !== '').map(({ runKey }) => runKey))];
  const found = await context.paddleflow.runs.byKeys(runKeys);
  await loadDetails(
    context,
    found.flatMap((run) => (run === null || run instanceof Error ? [] : [run])),
  );
  const runOf = new Map(runKeys.map((runKey, index) => [runKey, found[index] ?? null]));
  return Promise.all(
    places.map(async ({ runKey, path }) => {
      const run = runOf.get(runKey) ?? null;
      if (run === null || run instanceof Error) return run;
      const detail = await detailOf(run, context).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
      if (detail === null || detail instanceof Error) return detail;
      const component = componentsOf(detail).find((candidate) => candidate.path === path);
      return component ? inRun(runKey, component) : null;
    }),
  );
}

/** One of them; undefined when it is not there. */
export async function findComponent(context: Context, key: string): Promise<OfRun<Component> | undefined> {
  const [component] = await findComponents(context, [key]);
  if (component instanceof Error) throw component;
  return component ?? undefined;
}

const toDate = (iso: string | null) => (iso === null ? null : new Date(iso));

const Parameter = builder.objectRef<{ readonly name: string; readonly value: string }>('Parameter').implement({
  description: 'A named text.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique among its siblings.' }),
    value: t.exposeString('value', { description: 'Resolved, always as text: the backend formats numbers and lists.' }),
  }),
});
const toList = (values: Readonly<Record<string, string>>) => Object.entries(values).map(([name, value]) => ({ name, value }));

const ArtifactPath = builder.objectRef<{ readonly name: string; readonly paths: readonly string[] }>('ArtifactPath').implement({
  description: 'A file or folder that a step reads or writes on the main file system of its run.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As in the YAML.' }),
    paths: t.exposeStringList('paths', {
      description: 'On the file system; several when a looped step made them. Empty before they are known.',
    }),
  }),
});
const toArtifacts = (paths: Readonly<Record<string, string>>) =>
  Object.entries(paths).map(([name, path]) => ({ name, paths: path === '' ? [] : path.split(',') }));

export const ComponentRef = builder.interfaceRef<OfRun<Component>>('Component').implement({
  description: 'A part of a run: a step, or a dag that groups others. Parts that are not scheduled yet are absent.',
  resolveType: ({ kind }) => kind,
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As in the YAML; the iterations of a loop share it.' }),
    path: t.exposeString('path', {
      description: 'Where it stands in the run: `evaluate/score[1]` is the second turn of score inside evaluate.',
    }),
    iteration: t.exposeInt('iteration', { description: 'Number of the turn of its loop, from 0; 0 as well when there is no loop.' }),
    state: t.expose('state', { type: ExecutionState, description: 'In the shared vocabulary.' }),
    rawState: t.exposeString('rawState', { description: "The backend's own word." }),
    message: t.exposeString('message', { description: 'Why it is in this state, for people; may be empty.' }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Null: not begun, or it never got a job.',
      resolve: ({ startedAt }) => toDate(startedAt),
    }),
    endedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Null: not ended, or the backend keeps no such time for this end.',
      resolve: ({ endedAt }) => toDate(endedAt),
    }),
    dependsOn: t.exposeStringList('dependsOn', { description: 'Names of the siblings that must end well first.' }),
    resolvedParameters: t.field({
      type: [Parameter],
      description: 'As resolved for this run, in the order of the YAML: those of its template first.',
      resolve: ({ parameters }) => toList(parameters),
    }),
    inputs: t.field({
      type: [ArtifactPath],
      description: 'Artifacts it reads, in the order of the YAML.',
      resolve: ({ artifacts }) => toArtifacts(artifacts.input),
    }),
    outputs: t.field({
      type: [ArtifactPath],
      description: 'Artifacts it writes, in the order of the YAML.',
      resolve: ({ artifacts }) => toArtifacts(artifacts.output),
    }),
  }),
});

export const CacheHitRef = builder.objectRef<NonNullable<Step['cachedFrom']> & { readonly source: string }>('CacheHit').implement({
  description: 'The earlier work whose result a step took over instead of running.',
  fields: (t) => ({
    runId: t.exposeString('runId', { description: "PaddleFlow's own id of that run." }),
    jobId: t.exposeString('jobId', { description: "PaddleFlow's own id of that job, whose log is this step's log." }),
  }),
});

export const StepRef = builder.objectRef<OfRun<Step>>('Step');
builder.node(StepRef, {
  description: 'A command that runs in a container, as a part of a run.',
  interfaces: [ComponentRef],
  id: { description: idDescription, resolve: keyOfComponent },
  isTypeOf: isKind('Step'),
  loadMany: async (keys, context) => {
    const components = await findComponents(context, keys);
    const steps = components.map((component) => (component instanceof Error || component?.kind === 'Step' ? component : null));
    return steps as (OfRun<Step> | null)[]; // graphql-js takes an Error for the failure of this one alone; the type does not know
  },
  fields: (t) => ({
    jobId: t.string({
      nullable: true,
      description:
        "PaddleFlow's own id of the job that runs it. Null: skipped, cancelled, taken from a cache, or failed before it was submitted.",
      resolve: ({ jobId }) => jobId || null,
    }),
    command: t.exposeString('command', { description: 'Resolved; empty when it was skipped.' }),
    image: t.exposeString('image', { description: 'Container image it runs in.' }),
    env: t.field({
      type: [Parameter],
      description: 'Environment of its container, resolved: what the YAML sets, in its order, then what PaddleFlow adds.',
      resolve: ({ env }) => toList(env),
    }),
    loopArgument: t.exposeString('loopArgument', {
      nullable: true,
      description: 'What this turn of the loop works on; null outside of loops.',
    }),
    isPostProcess: t.exposeBoolean('postProcess', {
      description: 'The step is the closing one of its run, which runs whatever the result.',
    }),
    cacheEnabled: t.exposeBoolean('cacheEnabled', { description: 'The result may be taken from, and is left for, other runs.' }),
    cachedFrom: t.field({
      type: CacheHitRef,
      nullable: true,
      description: 'Null: it ran by itself.',
      resolve: ({ runKey, cachedFrom }) => cachedFrom && { ...cachedFrom, source: splitKey(runKey).source },
    }),
    queue: t.field({
      type: QueueRef,
      nullable: true,
      description: 'Where it waits for resources. Null when it never got there, or the queue is gone.',
      resolve: ({ runKey, queueName }, _args, context) =>
        queueName === null ? null : queuesAhead.orKey(context, keyOf(splitKey(runKey).source, queueName)),
    }),
  }),
});

builder.objectRef<OfRun<Dag>>('Dag').implement({
  description: 'A group of components inside a run, with dependencies of its own.',
  interfaces: [ComponentRef],
  isTypeOf: isKind('Dag'),
  fields: (t) => ({
    steps: t.field({
      type: [ComponentRef],
      description: 'What it groups, as far as scheduled, in the order of the YAML.',
      resolve: ({ runKey, children }) => children.map((child) => inRun(runKey, child)),
    }),
  }),
});
