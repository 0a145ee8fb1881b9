import { evaluateCondition } from './condition.ts';
import { cancelMessage, isFinal, type RunContext, type Signal } from './context.ts';
import { dagEntry } from './entry.ts';
import { Group } from './group.ts';
import { LOOP_ARGUMENT, PARENT } from './names.ts';
import { plainValues } from './parameters.ts';
import { withSeq, type Enclosing, type Place } from './place.ts';
import { conditionText, formatValues, mapValues } from './resolve.ts';
import type { Dag, Parameters, Texts } from './structure.ts';
import { loneTemplate } from './templates.ts';
import type { Value } from './value.ts';

/** One iteration of a dag, the pipeline itself included. */
export class DagRun implements Enclosing {
  readonly kind = 'dag';
  readonly id: string;
  readonly definition: Dag;
  readonly place: Place;
  readonly #context: RunContext;
  readonly #shown: () => void;
  readonly #groups: ReadonlyMap<string, Group>;
  #status = '';
  #message = '';
  #parameters: Parameters = {};
  #shownParameters: Texts = {};
  #inputs: Texts = {};
  #signal: Signal | undefined;
  #startedAt: number | undefined;
  #endedAt: number | undefined;

  /** `old` is the same dag in a run that is retried: it lends its id and what went well in it. */
  constructor(definition: Dag, place: Place, context: RunContext, shown: () => void, old: DagRun | undefined) {
    const { options } = context;
    this.id = old?.id ?? `dag-${options.runID}-${options.hex(`dag ${options.runID} ${place.runtimeName}`, 16)}`;
    this.definition = definition;
    this.place = place;
    this.#context = context;
    this.#shown = shown;
    const groups = old === undefined ? undefined : old.#groups;
    this.#groups = new Map(
      Array.from(definition.entryPoints, ([name, child]) => [name, new Group(child, this, context, groups?.get(name))]),
    );
  }

  get status(): string {
    return this.#status;
  }

  get runtimeName(): string {
    return this.place.runtimeName;
  }

  get fullName(): string {
    return this.place.fullName;
  }

  get path(): string {
    return this.place.path;
  }

  get parameters(): Parameters {
    return this.#parameters;
  }

  get inputs(): Texts {
    return this.#inputs;
  }

  get loopArgument(): Value | undefined {
    return this.place.loopArgument;
  }

  /** A dag's outputs are those of its children, once it has succeeded. */
  get outputs(): Texts {
    return mapValues(this.definition.outputs, (text) => {
      const template = loneTemplate(text);
      if (this.#status !== 'succeeded' || template?.component === undefined) return '';
      return this.#groups.get(template.component)?.output(template.name) ?? '';
    });
  }

  /** The components that ended so, by name. */
  ended(status: string): string[] {
    return [...this.#groups]
      .filter(([, { iterations }]) => iterations.some((iteration) => iteration.status === status))
      .map(([name]) => name);
  }

  begin(parameters: Parameters, inputs: Texts, at: number): void {
    this.#parameters = parameters;
    this.#shownParameters = formatValues(parameters);
    this.#inputs = inputs;
    try {
      if (!evaluateCondition(conditionText(this.#context, this.definition, parameters, inputs, this.loopArgument))) {
        return this.#skip(`the result of condition for dag[${this.runtimeName}] is false, skip running`, at);
      }
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      return this.fail(`caculate the condition field for dag[${this.runtimeName}] faild:\n${cause}`, at);
    }
    if (this.#isDisabled()) return this.#skip(`dag[${this.runtimeName}] is disabled, skip running`, at);
    this.#startedAt = at;
    this.#move('running', 'begin to run', at);
    this.#shown();
  }

  /** What the fields say is still unresolved (5.1). */
  cancel(message: string, at: number): void {
    this.#shownParameters = formatValues(plainValues(this.definition.parameters));
    this.#inputs = this.definition.inputs;
    this.#endedAt = at;
    this.#move('cancelled', message, at);
    this.#shown();
  }

  /** Failed before its first child. */
  fail(reason: string, at: number): void {
    this.#startedAt = at;
    this.#endedAt = at;
    this.#move('failed', `update dag[${this.runtimeName}]'s status to [failed] due to ${reason}`, at);
    this.#shown();
    this.#context.fail();
  }

  /** Running children are terminated; those that wait are cancelled by the next `progress`. */
  signal(at: number, signal: Signal): void {
    // Once is enough: a second deletion would free a job that is stuck.
    if (isFinal(this.#status) || this.#signal !== undefined) return;
    this.#signal = signal;
    this.#move('terminating', cancelMessage(signal, this.#context.plan), at);
    for (const group of this.#groups.values()) for (const iteration of group.iterations) iteration.signal(at, signal);
  }

  /** One round of what has become possible; true if anything was. */
  progress(at: number): boolean {
    if (isFinal(this.#status)) return false;
    let changed = false;
    for (const group of this.#groups.values()) {
      if (group.scheduled) {
        for (const child of group.iterations) if (child.kind === 'dag' && child.progress(at)) changed = true;
        continue;
      }
      const deps = group.definition.deps.map((name) => this.#groups.get(name));
      if (this.#signal !== undefined) group.cancel(this.#signal, at);
      // With `continue` this is what happens downstream of a failure (7.9).
      else if (deps.some((dep) => dep?.final === true && !dep.good)) group.cancel('failure', at);
      else if (deps.every((dep) => dep?.good === true)) group.schedule(at);
      else continue;
      changed = true;
    }
    // Where there is nothing inside, nothing ever reports an end (7.14).
    if (this.#groups.size === 0 || ![...this.#groups.values()].every(({ final }) => final)) return changed;
    this.#finish(at);
    return true;
  }

  /** `{{upstream.name}}` and `{{PF_PARENT.name}}` in a child's parameters. */
  parameterOf(component: string, name: string): Value {
    if (component !== PARENT) return this.#groups.get(component)?.parameter(name) ?? '';
    return (name === LOOP_ARGUMENT ? this.loopArgument : this.#parameters[name]) ?? '';
  }

  /** `{{upstream.name}}` and `{{PF_PARENT.name}}` in a child's input artifacts. */
  artifactOf(component: string, name: string): string {
    return (component === PARENT ? this.#inputs[name] : this.#groups.get(component)?.output(name)) ?? '';
  }

  /** Components without an entry are absent (section 5). */
  entryPoints(formatTime: (at: number) => string): Map<string, unknown> {
    const present = [...this.#groups].filter(([, { shown }]) => shown.length > 0);
    return new Map(present.map(([name, { shown }]) => [name, shown.map((iteration) => iteration.entry(formatTime))]));
  }

  entry(formatTime: (at: number) => string): Record<string, unknown> {
    const time = (at: number | undefined): string => (at === undefined ? '' : formatTime(at));
    return dagEntry({
      id: this.id,
      name: `dag-${this.#context.options.runID}-${withSeq(this.definition.name, this.place.seq)}`,
      dagName: this.definition.name,
      parentDagID: this.place.parentDagID,
      deps: this.definition.deps.join(','),
      parameters: this.#shownParameters,
      inputs: this.#inputs,
      outputs: this.outputs,
      startTime: time(this.#startedAt),
      endTime: time(this.#endedAt),
      status: this.#status,
      message: this.#message,
      entryPoints: this.entryPoints(formatTime),
    });
  }

  #isDisabled(): boolean {
    return this.#context.disabled.has(this.fullName);
  }

  #skip(message: string, at: number): void {
    this.#startedAt = at;
    this.#endedAt = at;
    this.#move('skipped', message, at);
    this.#shown();
  }

  /** The rule of 4.3. A terminated dag shows no end time (4.7). */
  #finish(at: number): void {
    const statuses = [...this.#groups.values()].flatMap(({ iterations }) => iterations.map(({ status }) => status));
    const status = dagStatus(statuses, this.#signal !== undefined);
    if (status !== 'terminated') this.#endedAt = at;
    const names = [...this.#groups.keys()].map((name) => `${this.runtimeName}.${name}`).join(',');
    const bad = ['failed', 'terminated', 'cancelled'].flatMap((word) => this.ended(word));
    const failed = [...new Set(bad)].map((name) => `${this.runtimeName}.${name}`).join(',');
    const good = `all subDag or subStep run succeeded or skipped: ${names}`;
    this.#move(status, status === 'succeeded' ? good : `update dag[${this.runtimeName}]'s status to [${status}] due to ${failed}`, at);
    if (status !== 'succeeded') this.#context.fail();
  }

  #move(status: string, message: string, at: number): void {
    this.#status = status;
    this.#message = message;
    this.#context.touch(at);
  }
}

function dagStatus(children: readonly string[], wasStopped: boolean): string {
  if (children.includes('failed')) return 'failed';
  if (children.includes('terminated')) return wasStopped ? 'terminated' : 'failed';
  return children.includes('cancelled') ? 'terminated' : 'succeeded';
}
