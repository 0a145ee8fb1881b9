import { openMap } from '../../kit/write-json.ts';
import type { RunContext } from './context.ts';
import { fsID } from './resolve.ts';
import type { FsMount, Step, Texts } from './structure.ts';

export interface StepFacts {
  readonly jobID: string;
  readonly name: string;
  readonly parentDagID: string;
  readonly command: string;
  readonly parameters: Texts;
  readonly env: Texts;
  readonly startTime: string;
  readonly endTime: string;
  readonly status: string;
  readonly inputs: Texts;
  readonly outputs: Texts;
  readonly jobMessage: string;
  readonly cacheRunID: string;
  readonly cacheJobID: string;
}

/** A step's entry on the wire: always all 19 keys (5.1). */
export function stepEntry(context: RunContext, step: Step, facts: StepFacts): Record<string, unknown> {
  const { jobID, name, parentDagID, command, parameters, env, startTime, endTime, status, jobMessage, cacheRunID, cacheJobID } = facts;
  const mounts = [...step.extraFs, ...context.plan.definition.extraFs];
  return {
    jobID,
    name,
    type: 'step',
    stepName: step.name,
    parentDagID,
    command,
    parameters: openMap(parameters),
    env: openMap(env),
    extraFS: mounts.length === 0 ? null : mounts.map((mount) => mountEntry(context, mount)),
    startTime,
    endTime,
    status,
    deps: step.deps.join(','),
    dockerEnv: step.dockerEnv,
    artifacts: { input: openMap(facts.inputs), output: openMap(facts.outputs) },
    cache: cacheEntry(context, step),
    jobMessage,
    cacheRunID,
    cacheJobID,
  };
}

const mountEntry = (context: RunContext, { name, mountPath, subPath, readOnly }: FsMount) => {
  return { id: fsID(context, name), name, mountPath, subPath, readOnly };
};

function cacheEntry(context: RunContext, { cache }: Step) {
  const fsScope = cache.fsScope?.map(({ name, path }) => ({ name, id: fsID(context, name), path })) ?? null;
  return { enable: cache.enable, maxExpiredTime: cache.maxExpiredTime, fsScope };
}

export interface DagFacts {
  readonly id: string;
  readonly name: string;
  readonly dagName: string;
  readonly parentDagID: string;
  readonly deps: string;
  readonly parameters: Texts;
  readonly inputs: Texts;
  readonly outputs: Texts;
  readonly startTime: string;
  readonly endTime: string;
  readonly status: string;
  readonly message: string;
  readonly entryPoints: ReadonlyMap<string, unknown>;
}

/** A dag's entry on the wire: always all 13 keys (5.1). */
export function dagEntry({ inputs, outputs, parameters: values, ...facts }: DagFacts): Record<string, unknown> {
  const { id, name, dagName, parentDagID, deps, startTime, endTime, status, message, entryPoints } = facts;
  const artifacts = { input: openMap(inputs), output: openMap(outputs) };
  const parameters = openMap(values);
  return { id, name, type: 'dag', dagName, parentDagID, deps, parameters, artifacts, startTime, endTime, status, message, entryPoints };
}
