import { forcedStopMessage, isFinal, type RunContext } from './context.ts';
import { resolveReference } from './references.ts';
import { resolveParameters, systemValues } from './resolve.ts';
import { StepRun } from './step-run.ts';

/** The one step that runs after all entry points, whatever became of them (7.9). */
export class PostProcess {
  readonly #context: RunContext;
  readonly #name: string | undefined;
  #step: StepRun | undefined;

  /** A retry knows nothing of how it went before: it always runs anew (2.7). */
  constructor(context: RunContext) {
    this.#context = context;
    [this.#name] = context.plan.definition.postProcess.keys();
  }

  /** `""` where there is none, or not yet. */
  get status(): string {
    return this.#step?.status ?? '';
  }

  get final(): boolean {
    return this.#name === undefined || isFinal(this.status);
  }

  /** Its name, if it ended so. */
  ended(status: string): string[] {
    return this.status === status ? [`post_process.${this.#name}`] : [];
  }

  /** True if it began now. Under a forced stop its entry is a cancelled one (5.1). */
  start(at: number, forced: boolean): boolean {
    const { definition, name: pipeline } = this.#context.plan;
    const declared = this.#name === undefined ? undefined : definition.postProcess.get(this.#name);
    if (declared === undefined || this.#step !== undefined) return false;
    const step = resolveReference(declared, definition.components);
    if (step.kind === 'dag') return false; // refused at submission
    const { name } = step;
    const place = {
      seq: 0,
      runtimeName: `${pipeline}.post_process.${name}`,
      fullName: name,
      path: name,
      parentDagID: '',
      loopArgument: undefined,
    };
    this.#step = new StepRun(step, place, this.#context, () => {});
    const system = systemValues(this.#context, name, undefined);
    if (forced) this.#step.cancel(forcedStopMessage, at);
    else
      this.#step.begin(
        resolveParameters(step.parameters, (template) => system[template.name] ?? ''),
        {},
        at,
      );
    return true;
  }

  signal(at: number): void {
    this.#step?.signal(at);
  }

  /** One view for the name, not an array; it has an entry once it has a state. */
  entries(formatTime: (at: number) => string): Map<string, unknown> {
    return new Map(
      this.#step === undefined || this.#step.status === '' ? [] : [[this.#step.definition.name, this.#step.entry(formatTime)]],
    );
  }
}
