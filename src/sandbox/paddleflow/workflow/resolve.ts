import { createHash } from 'node:crypto';
import type { RunContext } from './context.ts';
import { plainValue } from './parameters.ts';
import type { Component, Parameters, Step, Texts } from './structure.ts';
import { fillTemplates, loneTemplate, type Template } from './templates.ts';
import { formatValue, type Value } from './value.ts';

/** Fills the templates of parameters. One that stands alone keeps the type of what it refers to (7.5). */
export function resolveParameters(declared: Parameters, valueOf: (template: Template) => Value): Parameters {
  const resolve = (value: Value): Value => {
    if (typeof value !== 'string') return value;
    const lone = loneTemplate(value);
    return lone === undefined ? fillTemplates(value, valueOf) : valueOf(lone);
  };
  return mapValues(declared, (value) => resolve(plainValue(value)));
}

export const formatValues = (values: Parameters): Record<string, string> => mapValues(values, formatValue);

export const mapValues = <A, B>(values: Readonly<Record<string, A>>, change: (value: A, name: string) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value, name)]));

/** What `PF_…` names stand for in one iteration of a component. */
export function systemValues({ options }: RunContext, name: string, loopArgument: Value | undefined): Record<string, string> {
  return {
    PF_RUN_ID: options.runID,
    PF_STEP_NAME: name,
    PF_USER_NAME: options.fsUserName,
    PF_LOOP_ARGUMENT: loopArgument === undefined ? '' : formatValue(loopArgument),
  };
}

/** Paths of a step's outputs on the main file system (7.10). */
export function outputPaths({ plan, options }: RunContext, step: Component, seq: number, runtimeName: string): Texts {
  const { subPath } = plan.definition.mainFs;
  const folder = `${step.name}-${seq}-${createHash('md5').update(runtimeName).digest('hex')}`;
  const root = `${subPath === '' ? '' : `${subPath.replace(/\/+$/, '')}/`}.pipeline/${options.runID}/${plan.name}/${folder}`;
  return mapValues(step.outputs, (_template, name) => `${root}/${name}`);
}

/** The same paths inside a container; several are joined by `,` (7.8). With a sub-path the mount begins there (7.10). */
export function containerPath(context: RunContext, paths: string): string {
  const { subPath, mountPath } = context.plan.definition.mainFs;
  const prefix = subPath === '' ? '' : `${subPath.replace(/\/+$/, '')}/`;
  const mount = mountPath === '' ? `/home/paddleflow/storage/mnt/${fsID(context, context.plan.fsName)}` : mountPath.replace(/\/+$/, '');
  const inside = (path: string): string => `${mount}/${path.startsWith(prefix) ? path.slice(prefix.length) : path}`;
  return paths === '' ? '' : paths.split(',').map(inside).join(',');
}

export const fsID = ({ options }: RunContext, fsName: string): string => `fs-${options.fsUserName}-${fsName}`;

export interface ResolvedStep {
  /** Before the shell wrapper, a leading `sh -c` included (5.2). */
  readonly command: string;
  readonly env: Record<string, string>;
}

/** `command` and `env` of a step that is about to be submitted. `own` are its resolved parameters. */
export function resolveStep(
  context: RunContext,
  step: Step,
  own: Parameters,
  inputs: Texts,
  outputs: Texts,
  loopArgument: Value | undefined,
): ResolvedStep {
  const system = systemValues(context, step.name, loopArgument);
  const inContainer = mapValues({ ...inputs, ...outputs }, (paths) => containerPath(context, paths));
  const names: Parameters = { ...inContainer, ...own, ...system };
  const valueOf = ({ name }: Template): Value => names[name] ?? '';
  return {
    command: fillTemplates(step.command, valueOf),
    env: {
      ...mapValues(step.env, (value) => fillTemplates(formatValue(value), valueOf)),
      ...system,
      ...artifactVariables('PF_INPUT_ARTIFACT_', inputs, inContainer),
      ...artifactVariables('PF_OUTPUT_ARTIFACT_', outputs, inContainer),
    },
  };
}

const artifactVariables = (prefix: string, artifacts: Texts, inContainer: Texts): Record<string, string> =>
  Object.fromEntries(Object.keys(artifacts).map((name) => [prefix + name.toUpperCase(), inContainer[name] ?? '']));

/** Below so many bytes the content of an artifact is read: for a condition, and to loop over it (7.5). */
const LIMITS = { condition: 1024, loop: 1024 * 1024 } as const;

/** The condition with its templates filled; `true` when there is none. Throws where the content of an input artifact cannot be read. */
export function conditionText(
  context: RunContext,
  component: Component,
  own: Parameters,
  inputs: Texts,
  loopArgument: Value | undefined,
): string {
  const names: Parameters = { ...own, ...systemValues(context, component.name, loopArgument) };
  if (component.condition === '') return 'true';
  const valueOf = ({ name }: Template): Value =>
    Object.hasOwn(names, name) ? (names[name] ?? '') : contentOf(context, inputs, name, 'condition');
  return fillTemplates(component.condition, valueOf);
}

/** What the upstream step has written into an input artifact. Several ones, joined by `,`, are no file. */
export function contentOf({ contents }: RunContext, inputs: Texts, artifact: string, use: keyof typeof LIMITS): string {
  const text = contents.get(inputs[artifact] ?? '');
  if (text === undefined) throw new Error(`read content of input artifact[${artifact}] failed: no such file or directory`);
  if (Buffer.byteLength(text) >= LIMITS[use]) throw new Error(`read content of input artifact[${artifact}] failed: it is too large`);
  return text;
}
