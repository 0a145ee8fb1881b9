import { isFinal, isGood, type RunContext } from './context.ts';
import { DagRun } from './dag-run.ts';
import type { ContainerJob } from './job.ts';
import { disabledNames } from './plan.ts';
import { PostProcess } from './post-process.ts';
import { Slots } from './slots.ts';
import type { Dag } from './structure.ts';
import { Timeline } from './timeline.ts';
import { Trace, traceOfStart } from './trace.ts';
import type { Execution, Job, RunPlan, StartOptions } from './types.ts';

/** One run in motion: a machine of events in time, told from outside only what time it is, and when to stop. */
export class RunExecution implements Execution {
  readonly runID: string;
  readonly plan: RunPlan;
  readonly #context: RunContext;
  readonly #root: DagRun;
  readonly #post: PostProcess;
  readonly #jobs: ContainerJob[] = [];
  #status = 'initiating';
  #runMsg = '';
  #activatedAt: number | undefined;
  #updatedAt: number;
  #stopped: 'no' | 'gently' | 'by force' = 'no';
  #failurePending = false;

  constructor(plan: RunPlan, options: StartOptions, old?: RunExecution) {
    this.runID = options.runID;
    this.plan = plan;
    this.#updatedAt = options.at;
    this.#context = {
      plan,
      options,
      timeline: new Timeline(),
      slots: new Slots(plan.definition.parallelism),
      trace: new Trace(),
      contents: new Map(old === undefined ? [] : old.#context.contents),
      jobs: this.#jobs,
      disabled: disabledNames(plan.disabled),
      touch: (at) => void (this.#updatedAt = at),
      fail: () => void (this.#failurePending = true),
      settle: (at) => this.#settle(at),
    };
    this.#root = rootOf(this.#context, old === undefined ? undefined : old.#root);
    this.#post = new PostProcess(this.#context);
    // A retried run has no lines of its own (2.13).
    if (old === undefined) traceOfStart(this.#context.trace, plan, options);
    const { timeline } = this.#context;
    const { toPending } = options.pace;
    if (old !== undefined) {
      this.#run(options.at); // a retry answers only when the new run is under way (2.7)
      return;
    }
    timeline.at(options.at + toPending, (at) => {
      if (this.#status !== 'initiating') return;
      this.#move('pending', '', at);
      timeline.at(at + toPending, (later) => {
        if (this.#status === 'pending') this.#run(later);
      });
    });
  }

  status(): string {
    return this.#status;
  }

  runMsg(): string {
    return this.#runMsg;
  }

  activatedAt(): number | undefined {
    return this.#activatedAt;
  }

  updatedAt(): number {
    return this.#updatedAt;
  }

  nextAt(): number | undefined {
    return this.#context.timeline.next();
  }

  advance(to: number): void {
    this.#context.timeline.advance(to);
  }

  stop(at: number, force: boolean): void {
    this.advance(at);
    if (isFinal(this.#status)) return;
    this.#stopped = force ? 'by force' : 'gently';
    this.#move('terminating', 'receive termination signal, update status to terminating', at);
    this.#root.signal(at, 'stop');
    if (force) this.#post.signal(at);
    this.#settle(at);
  }

  detail(formatTime: (at: number) => string): { runtime: ReadonlyMap<string, unknown>; postProcess: ReadonlyMap<string, unknown> } {
    // The outermost dag is stripped (section 5).
    return { runtime: this.#root.entryPoints(formatTime), postProcess: this.#post.entries(formatTime) };
  }

  jobs(): readonly Job[] {
    return this.#jobs;
  }

  submitLog(jobID: string | undefined, formatTime: (at: number) => string): string | undefined {
    const keys = jobID === undefined ? [this.runID, ...this.#jobs.map((job) => job.jobID)] : [jobID];
    return this.#context.trace.text(keys, formatTime);
  }

  #run(at: number): void {
    this.#activatedAt = at;
    this.#move('running', 'begin to running, update status to running', at);
    this.#root.begin({}, {}, at);
    this.#settle(at);
  }

  #settle(at: number): void {
    if (isFinal(this.#status) || this.#status === 'initiating' || this.#status === 'pending') return;
    let changed = true;
    while (changed) {
      changed = this.#root.progress(at);
      // Only now: what begins at the same moment as the first failure has begun.
      if (this.#failurePending && this.plan.failureOptions.strategy === 'fail_fast') this.#root.signal(at, 'failure');
      this.#failurePending = false;
      if (isFinal(this.#root.status) && this.#post.start(at, this.#stopped === 'by force')) changed = true;
    }
    if (isFinal(this.#root.status) && this.#post.final) this.#finish(at);
  }

  /** The failed components are named, not those that were cancelled or terminated with them (4.1). */
  #finish(at: number): void {
    const names = (status: string) =>
      [...this.#root.ended(status).map((name) => `entry_points.${name}`), ...this.#post.ended(status)].join(',');
    const anyFailed = this.#root.status === 'failed' || this.#post.status === 'failed';
    const allGood = isGood(this.#root.status) && (this.#post.status === '' || isGood(this.#post.status));
    const [failed, terminated] = [names('failed'), names('terminated')];
    if (failed !== '' || (anyFailed && terminated === ''))
      this.#move('failed', `update status to failed because some step or dag run failed: ${failed}`, at);
    else if (anyFailed || (!allGood && this.#stopped === 'no'))
      this.#move('failed', `update status to failed because some step or dag was terminated unexpectedly: ${terminated}`, at);
    else if (this.#stopped === 'no') this.#move('succeeded', 'Run successfully', at);
    else {
      const what =
        terminated === '' ? 'cancelled after receive termination singal.' : `terminated after receive termination singal: ${terminated}`;
      this.#move('terminated', `update status to terminated because some step or dag was ${what}`, at);
    }
  }

  /** An empty text never overwrites an earlier one (section 5). */
  #move(status: string, message: string, at: number): void {
    this.#status = status;
    if (message !== '') this.#runMsg = message;
    this.#updatedAt = at;
  }
}

/** The pipeline itself, as a dag around its entry points. A retry keeps its id as that of any dag (2.7). */
function rootOf(context: RunContext, old: DagRun | undefined): DagRun {
  const { entryPoints } = context.plan.definition;
  const definition: Dag = {
    kind: 'dag',
    name: '',
    deps: [],
    parameters: {},
    inputs: {},
    outputs: {},
    condition: '',
    loopArgument: undefined,
    entryPoints,
  };
  const runtimeName = `${context.plan.name}.entry_points`;
  const place = { seq: 0, runtimeName, fullName: '', path: '', parentDagID: '', loopArgument: undefined };
  return new DagRun(definition, place, context, () => {}, old);
}
