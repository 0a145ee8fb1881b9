import type { Dag, Parameters, Texts } from './structure.ts';
import type { Value } from './value.ts';

/** Where one iteration of a component stands in the run. */
export interface Place {
  /** 0 for the only or first iteration; the names then leave it out. */
  readonly seq: number;
  /** `train.entry_points.evaluate.score-1`. */
  readonly runtimeName: string;
  /** `evaluate.score`, as in `disabled`. */
  readonly fullName: string;
  /** `evaluate/score-1`. */
  readonly path: string;
  /** `""` in post_process. */
  readonly parentDagID: string;
  readonly loopArgument: Value | undefined;
}

/** What a dag iteration shows to its children. */
export interface Enclosing {
  readonly id: string;
  readonly definition: Pick<Dag, 'name'>;
  readonly runtimeName: string;
  readonly fullName: string;
  readonly path: string;
  readonly parameters: Parameters;
  readonly inputs: Texts;
  readonly loopArgument: Value | undefined;
}

export const withSeq = (name: string, seq: number): string => (seq === 0 ? name : `${name}-${seq}`);

const join = (prefix: string, separator: string, name: string): string => (prefix === '' ? name : prefix + separator + name);

export const placeIn = (dag: Enclosing, name: string, seq: number, loopArgument: Value | undefined): Place => ({
  seq,
  runtimeName: `${dag.runtimeName}.${withSeq(name, seq)}`,
  fullName: join(dag.fullName, '.', name),
  path: join(dag.path, '/', withSeq(name, seq)),
  parentDagID: dag.id,
  loopArgument,
});
