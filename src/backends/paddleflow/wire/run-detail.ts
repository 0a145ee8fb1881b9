import { z } from 'zod';
import { isMap } from '../../../core/exact-number.ts';
import { pacedShape } from '../../../upstream/paced-shapes.ts';
import { freeText, freeWord, textsOf } from './parts.ts';

const text = z.string().catch('');

/** Go prints numbers and lists into strings here (5); should a server ever send them as they are, they are kept as JSON text. */
const texts = textsOf((value) => asText(value)).catch({});
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const WireArtifacts = z.object({ input: texts, output: texts }).catch({ input: {}, output: {} });
export type WireArtifacts = Readonly<z.output<typeof WireArtifacts>>;
const WireMount = z.object({ id: text, name: text, mountPath: text, subPath: text, readOnly: z.boolean().catch(false) });
export type WireMount = z.output<typeof WireMount>;
const noMount: WireMount = { id: '', name: '', mountPath: '', subPath: '', readOnly: false };

/** What steps and dags have in common. */
const component = {
  name: text,
  parentDagID: text,
  deps: text,
  parameters: texts,
  artifacts: WireArtifacts,
  startTime: text,
  endTime: text,
  status: freeText,
};

/** All 19 keys are always sent, also where a situation leaves them empty (5.1); a server that omits one costs us that value only. */
const WireStep = z.object({
  ...component,
  /** `""` for steps that never got a job: skipped, cancelled, cache hit, failed before submission. */
  jobID: text,
  stepName: text,
  command: text,
  env: texts,
  extraFS: z.array(WireMount).catch([]),
  dockerEnv: text,
  cache: z
    .object({
      enable: z.boolean().catch(false),
      maxExpiredTime: text,
      fsScope: z.array(z.object({ id: text, name: text, path: text })).catch([]),
    })
    .catch({ enable: false, maxExpiredTime: '', fsScope: [] }),
  jobMessage: freeText,
  /** Of a cache hit: the run and job that hold its log. */
  cacheRunID: text,
  cacheJobID: text,
});
export type WireStep = { readonly type: 'step' } & Readonly<z.output<typeof WireStep>>;

const WireDag = z.object({ ...component, id: text, dagName: text, message: freeText });
export type WireDag = { readonly type: 'dag'; readonly entryPoints: WireComponents } & Readonly<z.output<typeof WireDag>>;

/** By name, then one entry per loop iteration in order of creation. Components not scheduled yet are absent (5). */
export type WireComponent = WireStep | WireDag;
export type WireComponents = Readonly<Record<string, readonly WireComponent[]>>;

/** What is quickly read of a run. */
const WireRunHead = z.object({
  runID: z.string().min(1),
  status: freeWord,
  name: text,
  source: text,
  username: text,
  fsName: text,
  /** From the YAML only: all empty when `fsName` came with the request (5.2). */
  fsOptions: z.object({ mainFS: WireMount.catch(noMount) }).catch({ mainFS: noMount }),
  description: text,
  /** Those of the request; null when there were none. */
  parameters: z.custom<Record<string, unknown>>(isMap).nullable().catch(null),
  runYaml: text,
  runtime: z.unknown().optional(),
  postProcess: z.unknown().optional(),
  failureOptions: z.object({ strategy: text }).catch({ strategy: '' }),
  dockerEnv: text,
  disabled: text,
  scheduleID: text,
  runMsg: freeText,
  runCachedIDs: text,
  createTime: text,
  activateTime: text,
  updateTime: text,
});

/** `GET /run/{runID}` (5), with pauses after each component. It has no `scheduledTime`; that is only in lists. */
export const WireRunDetail = pacedShape(WireRunHead, function* ({ runtime, postProcess, ...run }) {
  const unreadable: string[] = [];
  return {
    ...run,
    runtime: withoutOuterDag(yield* readComponents(runtime, 'runtime', unreadable)),
    /** By step name; empty until it is scheduled. On the wire a single object, not an array (5). */
    postProcess: readPostProcess(postProcess, unreadable),
    /** Paths of entries that are no objects at all, and were left out. */
    unreadable,
  };
});
export type WireRunDetail = z.output<typeof WireRunDetail>;

function* readComponents(value: unknown, path: string, unreadable: string[]): Generator<void, WireComponents> {
  if (value === null || value === undefined) return {};
  if (!isMap(value)) {
    unreadable.push(path);
    return {};
  }
  const found: [string, WireComponent[]][] = [];
  for (const [name, entries] of Object.entries(value)) found.push([name, yield* readEntries(entries, `${path}.${name}`, unreadable)]);
  return Object.fromEntries(found); // own properties, so a component named `__proto__` stays a component
}

function* readEntries(value: unknown, path: string, unreadable: string[]): Generator<void, WireComponent[]> {
  const entries: unknown[] = Array.isArray(value) ? value : [value];
  const found: WireComponent[] = [];
  for (const [index, entry] of entries.entries()) {
    if (isMap(entry)) found.push(yield* readComponent(entry, `${path}.${index}`, unreadable));
    else unreadable.push(`${path}.${index}`);
    yield;
  }
  return found;
}

/** Single objects on the wire, and always steps. */
function readPostProcess(value: unknown, unreadable: string[]): Readonly<Record<string, WireStep>> {
  const found = Object.entries(isMap(value) ? value : {}).flatMap(([name, entry]): [string, WireStep][] => {
    if (isMap(entry)) return [[name, { type: 'step', ...WireStep.parse(entry) }]];
    unreadable.push(`postProcess.${name}`);
    return [];
  });
  return Object.fromEntries(found);
}

/** A cancelled step that references a dag says `type: "step"` and has no `entryPoints` (5.1): the key decides, as in the SDK. */
function* readComponent(entry: Record<string, unknown>, path: string, unreadable: string[]): Generator<void, WireComponent> {
  if (entry['type'] !== 'dag' && entry['entryPoints'] === undefined) return { type: 'step', ...WireStep.parse(entry) };
  return {
    type: 'dag',
    ...WireDag.parse(entry),
    entryPoints: yield* readComponents(entry['entryPoints'], `${path}.entryPoints`, unreadable),
  };
}

/** When the outer dag's record is missing or doubled, the server forgets to strip it: one key `""` holds the dag (5). */
function withoutOuterDag({ '': outer, ...named }: WireComponents): WireComponents {
  if (outer === undefined) return named;
  const all = new Map(Object.entries(named).map(([name, entries]) => [name, [...entries]]));
  const add = (name: string, entries: readonly WireComponent[]) => all.set(name, [...(all.get(name) ?? []), ...entries]);
  for (const entry of outer) {
    if (entry.type === 'step') add(entry.stepName, [entry]);
    else for (const [name, entries] of Object.entries(entry.entryPoints)) add(name, entries);
  }
  return Object.fromEntries(all);
}
