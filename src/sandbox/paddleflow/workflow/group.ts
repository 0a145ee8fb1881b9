import { cancelMessage, isFinal, isGood, type RunContext, type Signal } from './context.ts';
import { DagRun } from './dag-run.ts';
import { loopElements, MAX_ITERATIONS } from './loop.ts';
import { placeIn } from './place.ts';
import { resolveReference } from './references.ts';
import { contentOf, mapValues, resolveParameters, systemValues } from './resolve.ts';
import { StepRun } from './step-run.ts';
import type { Component, Parameters, Texts } from './structure.ts';
import { loneTemplate, type Template } from './templates.ts';
import { isList, type Value } from './value.ts';

export type Iteration = StepRun | DagRun;

/** One component of a dag with all its iterations: the unit that deps and templates speak of. */
export class Group {
  readonly definition: Component;
  readonly #effective: Component;
  readonly #dag: DagRun;
  readonly #context: RunContext;
  /** By sequence number. */
  readonly #iterations = new Map<number, Iteration>();
  /** In the order in which their entries appeared. */
  readonly #shown: Iteration[] = [];
  /** Dags of the run that is retried: they run again, under their old ids (2.7). */
  readonly #reopened = new Map<number, DagRun>();
  #parameters: Parameters = {};
  #scheduled = false;

  constructor(definition: Component, dag: DagRun, context: RunContext, old: Group | undefined) {
    this.definition = definition;
    this.#effective = resolveReference(definition, context.plan.definition.components);
    this.#dag = dag;
    this.#context = context;
    if (old !== undefined) this.#carryOver(old);
  }

  get iterations(): readonly Iteration[] {
    return [...this.#iterations.values()];
  }

  get shown(): readonly Iteration[] {
    return this.#shown;
  }

  get scheduled(): boolean {
    return this.#scheduled;
  }

  get final(): boolean {
    return this.#scheduled && this.iterations.every(({ status }) => isFinal(status));
  }

  /** Downstream may begin. */
  get good(): boolean {
    return this.#scheduled && this.iterations.every(({ status }) => isGood(status));
  }

  parameter(name: string): Value {
    return this.#parameters[name] ?? '';
  }

  /** The paths of all iterations, joined (7.8). */
  output(name: string): string {
    const inOrder = [...this.#iterations.keys()].toSorted((a, b) => a - b).map((seq) => this.#iterations.get(seq)?.outputs[name] ?? '');
    return inOrder.join(',');
  }

  /** All deps are fulfilled: every iteration begins now, each on its own (5.1). */
  schedule(at: number): void {
    this.#scheduled = true;
    const inputs = mapValues(this.#effective.inputs, (text) => this.#inputPath(text));
    let elements: readonly (Value | undefined)[];
    try {
      // Once, before the loop: an iteration's own argument is not known yet (7.8).
      this.#parameters = resolveParameters(this.#effective.parameters, (template) => this.#parameterValue(template));
      elements = this.#elements(inputs);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      const failed = this.#make(0, undefined);
      failed.fail(`set the sysparams for dag[${failed.place.runtimeName}] failed: ${cause}`, at);
      return;
    }
    const fresh = elements.flatMap((element, seq) => (this.#iterations.has(seq) ? [] : [this.#make(seq, element)]));
    for (const iteration of fresh) iteration.begin(this.#parameters, inputs, at);
  }

  /** Will never be scheduled. A literal list is known to hold n elements, anything else counts as one (5.1). */
  cancel(signal: Signal, at: number): void {
    this.#scheduled = true;
    const { loopArgument } = this.definition;
    const count = isList(loopArgument) ? Math.min(Math.max(loopArgument.length, 1), MAX_ITERATIONS) : 1;
    for (let seq = 0; seq < count; seq += 1) {
      if (this.#iterations.has(seq)) continue;
      // Unresolved as it is, a reference to a dag shows as a step (5.1).
      this.#make(seq, undefined, this.definition).cancel(cancelMessage(signal, this.#context.plan), at);
    }
  }

  #carryOver(old: Group): void {
    for (const iteration of old.#shown) {
      const { seq } = iteration.place;
      if (isGood(iteration.status)) {
        this.#iterations.set(seq, iteration);
        this.#shown.push(iteration);
      } else if (iteration.kind === 'dag') this.#reopened.set(seq, iteration);
    }
    if (!old.good) return;
    this.#scheduled = true;
    this.#parameters = old.#parameters;
  }

  #make(seq: number, element: Value | undefined, definition = this.#effective): Iteration {
    const place = placeIn(this.#dag, this.definition.name, seq, element);
    const shown = (): void => void this.#shown.push(iteration);
    const iteration: Iteration =
      definition.kind === 'step'
        ? new StepRun(definition, place, this.#context, shown)
        : new DagRun(definition, place, this.#context, shown, this.#reopened.get(seq));
    this.#iterations.set(seq, iteration);
    return iteration;
  }

  #parameterValue({ component, name }: Template): Value {
    if (component === undefined) return systemValues(this.#context, this.definition.name, undefined)[name] ?? '';
    return this.#dag.parameterOf(component, name);
  }

  #inputPath(text: string): string {
    const template = loneTemplate(text);
    return template?.component === undefined ? '' : this.#dag.artifactOf(template.component, template.name);
  }

  #elements(inputs: Texts): readonly (Value | undefined)[] {
    const { loopArgument } = this.#effective;
    if (loopArgument === undefined) return [undefined];
    const template = typeof loopArgument === 'string' ? loneTemplate(loopArgument) : undefined;
    const argument =
      template === undefined ? loopArgument : (this.#parameters[template.name] ?? contentOf(this.#context, inputs, template.name, 'loop'));
    const elements = loopElements(argument);
    // The server makes a placeholder iteration and then looks for its element in vain (7.8).
    if (elements.length === 0)
      throw new Error(`get LoopArgument for step[${placeIn(this.#dag, this.definition.name, 0, undefined).runtimeName}] failed`);
    return elements;
  }
}
