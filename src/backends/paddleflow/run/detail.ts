import { parseJson } from '../../../core/exact-json.ts';
import type { ExecutionState } from '../../../execution/state.ts';
import type { WireDag, WireRunDetail, WireStep } from '../wire/run-detail.ts';
import { defaultQueue, queuesInYaml } from '../workflow/queues.ts';
import { ordinalOf, runIdOf } from './run-id.ts';
import { stateFromWire } from './state.ts';
import { inWrittenOrder } from './written-order.ts';

interface ComponentBase {
  /** Unique in the run and stable while it goes on: `evaluate/score[1]`; PaddleFlow's own `name` is not unique (contract 5). */
  readonly path: string;
  readonly name: string;
  /** Which turn of a loop, from 0; 0 as well when there is no loop. */
  readonly iteration: number;
  readonly rawState: string;
  readonly state: ExecutionState;
  /** ISO 8601, or null: not begun, not ended. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly message: string;
  readonly dependsOn: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly artifacts: { readonly input: Readonly<Record<string, string>>; readonly output: Readonly<Record<string, string>> };
}

export interface Step extends ComponentBase {
  readonly kind: 'Step';
  /** `""`: it never got a job (skipped, cancelled, cache hit, failed before submission). */
  readonly jobId: string;
  readonly command: string;
  readonly image: string;
  readonly env: Readonly<Record<string, string>>;
  readonly loopArgument: string | null;
  readonly queueName: string | null;
  readonly cacheEnabled: boolean;
  /** The run and job whose result was taken over. */
  readonly cachedFrom: { readonly runId: string; readonly jobId: string } | null;
  readonly postProcess: boolean;
}

export interface Dag extends ComponentBase {
  readonly kind: 'Dag';
  readonly dagId: string;
  readonly children: readonly Component[];
}

export type Component = Step | Dag;

/** What only `GET /run/{id}` tells of a run. Kept in the catalog as JSON, so it holds plain values only. */
export interface RunDetail {
  readonly parameters: Readonly<Record<string, unknown>> | null;
  readonly yaml: string;
  readonly image: string;
  readonly disabled: readonly string[];
  readonly failureStrategy: string;
  readonly cachedRunIds: readonly string[];
  /** The newest older run whose jobs or dags it carries on, as a retry does (contract 2.7). */
  readonly carriedFrom: string | null;
  readonly components: readonly Component[];
  readonly postProcess: readonly Step[];
  /** It is in the order of the YAML. What was kept before details had an order is not. */
  readonly inOrder?: true;
}

type ToIso = (serverTime: string) => string | null;

const csv = (text: string) =>
  text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => part.trim());

/** The number at the end of `run-000012-score-1`; the name of the component may itself end in a number, so it must be known. */
function iterationOf(runtimeName: string, component: string): number {
  const tail = runtimeName.toLowerCase().lastIndexOf(`-${component.toLowerCase()}`);
  const rest = tail < 0 ? '' : runtimeName.slice(tail + component.length + 1);
  return /^-\d+$/.test(rest) ? Number(rest.slice(1)) : 0;
}

function stepFromWire(wire: WireStep, at: { path: string; name: string; iteration: number; postProcess: boolean }, toIso: ToIso): Step {
  const queue = wire.env['PF_JOB_QUEUE_NAME'];
  return {
    kind: 'Step',
    ...at,
    rawState: wire.status,
    state: stateFromWire(wire.status),
    startedAt: toIso(wire.startTime),
    endedAt: toIso(wire.endTime),
    message: wire.jobMessage,
    dependsOn: csv(wire.deps),
    parameters: wire.parameters,
    artifacts: wire.artifacts,
    jobId: wire.jobID,
    command: wire.command,
    image: wire.dockerEnv,
    env: wire.env,
    loopArgument: wire.env['PF_LOOP_ARGUMENT'] || null,
    // A job that names no queue runs in the default one (7.11); what never became a job waits in none, whatever it names.
    queueName: wire.jobID === '' ? null : queue || defaultQueue,
    cacheEnabled: wire.cache.enable,
    cachedFrom: wire.cacheRunID === '' ? null : { runId: wire.cacheRunID, jobId: wire.cacheJobID },
  };
}

function dagFromWire(wire: WireDag, at: { path: string; name: string; iteration: number }, toIso: ToIso): Dag {
  return {
    kind: 'Dag',
    ...at,
    rawState: wire.status,
    state: stateFromWire(wire.status),
    startedAt: toIso(wire.startTime),
    endedAt: toIso(wire.endTime),
    message: wire.message,
    dependsOn: csv(wire.deps),
    parameters: wire.parameters,
    artifacts: wire.artifacts,
    dagId: wire.id,
    children: componentsFromWire(wire.entryPoints, `${at.path}/`, toIso),
  };
}

/** Of a name, entries come in order of creation; loops are put in order of their iteration, and what claims the same place is told apart by its position. */
function componentsFromWire(runtime: Readonly<Record<string, readonly (WireStep | WireDag)[]>>, prefix: string, toIso: ToIso): Component[] {
  return Object.entries(runtime).flatMap(([name, entries]) => {
    const taken = new Map<number, number>();
    const components = entries.map((wire): Component => {
      const iteration = iterationOf(wire.name, name);
      const copy = (taken.get(iteration) ?? 0) + 1; // counted, not looked for: thousands may claim one place
      taken.set(iteration, copy);
      const path = `${prefix}${name}${iteration === 0 ? '' : `[${iteration}]`}${copy === 1 ? '' : `#${copy}`}`;
      return wire.type === 'dag'
        ? dagFromWire(wire, { path, name, iteration }, toIso)
        : stepFromWire(wire, { path, name, iteration, postProcess: false }, toIso);
    });
    return components.toSorted((one, other) => one.iteration - other.iteration);
  });
}

/**
 * A retry keeps the ids of the jobs that had succeeded, and of all dags, the outermost included; they hold the number of the run that made them
 * (contract 2.7). Of a chain of retries that names several runs, the newest is the nearest.
 */
function carriedFrom({ runID, runtime, postProcess }: WireRunDetail): string | null {
  const idsIn = (wire: WireStep | WireDag): string[] =>
    wire.type === 'dag'
      ? [wire.id, wire.parentDagID, ...Object.values(wire.entryPoints).flat().flatMap(idsIn)]
      : [wire.jobID, wire.parentDagID];
  const own = ordinalOf(runID) ?? 0;
  const older = [...Object.values(runtime).flat(), ...Object.values(postProcess)].flatMap(idsIn).flatMap((id) => {
    const ordinal = ordinalOf(/^(?:job|dag)-(run-\d+)-/.exec(id)?.[1] ?? '') ?? own;
    return ordinal < own ? [ordinal] : [];
  });
  return older.length === 0 ? null : runIdOf(older.reduce((one, other) => Math.max(one, other)));
}

/** A run of thousands of steps takes a twentieth of a second: one piece of heavy work to read what is told, another to put it in order. */
export async function detailFromWire(wire: WireRunDetail, toIso: ToIso, heavy: <T>(work: () => T) => Promise<T>): Promise<RunDetail> {
  const told = await heavy(() => detailAsTold(wire, toIso));
  return heavy(() => inWrittenOrder(told));
}

/** In the order in which the backend tells it. */
export function detailAsTold(wire: WireRunDetail, toIso: ToIso): RunDetail {
  return {
    parameters: wire.parameters,
    yaml: wire.runYaml,
    image: wire.dockerEnv,
    disabled: csv(wire.disabled),
    failureStrategy: wire.failureOptions.strategy,
    cachedRunIds: csv(wire.runCachedIDs),
    carriedFrom: carriedFrom(wire),
    components: componentsFromWire(wire.runtime, '', toIso),
    postProcess: Object.entries(wire.postProcess).map(([name, step]) =>
      stepFromWire(step, { path: `post_process/${name}`, name, iteration: 0, postProcess: true }, toIso),
    ),
  };
}

/** Every step of a run, those inside dags and the post-processing one included. */
export function stepsOf({ components, postProcess }: Pick<RunDetail, 'components' | 'postProcess'>): Step[] {
  const inside = (component: Component): Step[] => (component.kind === 'Step' ? [component] : component.children.flatMap(inside));
  return [...components.flatMap(inside), ...postProcess];
}

/** Steps and dags alike, outer before inner. */
export function componentsOf({ components, postProcess }: Pick<RunDetail, 'components' | 'postProcess'>): Component[] {
  const inside = (component: Component): Component[] =>
    component.kind === 'Step' ? [component] : [component, ...component.children.flatMap(inside)];
  return [...components.flatMap(inside), ...postProcess];
}

/** The queues a run uses: of the steps that have begun, and of those that its YAML still has in store. */
export function queueNamesOf(detail: RunDetail): string[] {
  const begun = stepsOf(detail).flatMap(({ queueName }) => queueName ?? []);
  return [...new Set([...begun, ...queuesInYaml(detail.yaml)])].toSorted();
}

/** The catalog keeps the detail as bytes: its texts may hold U+0000. */
export const packDetail = (detail: RunDetail): Buffer => Buffer.from(JSON.stringify(detail));
export const unpackDetail = (packed: Buffer): RunDetail => parseJson(packed.toString()) as RunDetail; // written by packDetail alone
