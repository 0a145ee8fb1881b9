import { createHash } from 'node:crypto';
import type { RunContext } from './context.ts';
import { SYSTEM_NAMES } from './names.ts';
import type { Step, Texts } from './structure.ts';

interface Resolved {
  /** With output artifacts left empty: their paths hold the run's id, and no step that writes one could ever hit. */
  readonly command: string;
  readonly env: Texts;
  readonly parameters: Texts;
  readonly inputs: Texts;
}

/** The two fingerprints of a step (7.12). The sandbox has no files, so the second knows only what would be looked at. */
export function fingerprints(context: RunContext, step: Step, resolved: Resolved): { firstFp: string; secondFp: string } {
  const { mainFs, extraFs } = context.plan.definition;
  const env = Object.entries(resolved.env).filter(([name]) => isOwn(name));
  const mounts = [{ ...mainFs, name: context.plan.fsName }, ...step.extraFs, ...extraFs];
  const { command, parameters, inputs } = resolved;
  return {
    firstFp: sha256([step.dockerEnv, command, sorted(env), sorted(Object.entries(parameters)), inputs, Object.keys(step.outputs), mounts]),
    secondFp: sha256([step.cache.fsScope ?? [], inputs]),
  };
}

/** Neither what names the run nor what holds its paths. */
const isOwn = (name: string): boolean => !SYSTEM_NAMES.includes(name) && !name.startsWith('PF_OUTPUT_ARTIFACT_');

const sorted = (entries: readonly (readonly [string, string])[]) => entries.toSorted(([a], [b]) => (a < b ? -1 : 1));

const sha256 = (parts: unknown): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');
