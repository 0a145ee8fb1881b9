import type { Value } from './value.ts';

/** A parsed pipeline as the rules and the engine see it: absent keys have their defaults, nothing is checked across components yet. */
export interface Definition {
  readonly parallelism: number;
  readonly disabled: string;
  readonly strategy: string;
  readonly mainFs: FsMount;
  readonly extraFs: readonly FsMount[];
  readonly entryPoints: Components;
  /** Templates for `reference`. */
  readonly components: Components;
  readonly postProcess: Components;
}

export type Components = ReadonlyMap<string, Component>;
export type Component = Step | Dag;
export type Parameters = Readonly<Record<string, Value>>;
export type Texts = Readonly<Record<string, string>>;

interface ComponentBase {
  readonly name: string;
  readonly deps: readonly string[];
  readonly parameters: Parameters;
  /** Artifact name → template. */
  readonly inputs: Texts;
  /** Artifact name → template in a dag, → `""` in a step. */
  readonly outputs: Texts;
  readonly condition: string;
  /** Undefined = not looped. */
  readonly loopArgument: Value | undefined;
}

export interface Step extends ComponentBase {
  readonly kind: 'step';
  readonly command: string;
  readonly env: Parameters;
  readonly dockerEnv: string;
  readonly cache: StepCache;
  readonly extraFs: readonly FsMount[];
  /** Name of the template in `components`. */
  readonly reference: string | undefined;
  /** Keys with a value, for the rules that allow only some (7.7, 7.9). */
  readonly keys: readonly string[];
}

export interface Dag extends ComponentBase {
  readonly kind: 'dag';
  readonly entryPoints: Components;
}

export interface StepCache {
  readonly enable: boolean;
  readonly maxExpiredTime: string;
  /** Null on post_process steps (5.1). */
  readonly fsScope: readonly FsScope[] | null;
}

export interface FsScope {
  readonly name: string;
  readonly path: string;
}

export interface FsMount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath: string;
  readonly readOnly: boolean;
}
