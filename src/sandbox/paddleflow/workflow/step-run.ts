import { fingerprints } from './cache.ts';
import { evaluateCondition } from './condition.ts';
import { isFinal, type RunContext } from './context.ts';
import { stepEntry } from './entry.ts';
import { ContainerJob } from './job.ts';
import { plainValues } from './parameters.ts';
import { withSeq, type Place } from './place.ts';
import { conditionText, containerPath, formatValues, mapValues, outputPaths, resolveStep } from './resolve.ts';
import type { Parameters, Step, Texts } from './structure.ts';

/** How often a step asks for the end of a cached job that still runs, in milliseconds (8.1). */
const CACHE_POLL = 3000;
const DEFAULT_QUEUE = 'default-queue';

/** One iteration of a step: from its condition over a slot, the cache and the job to its final state. */
export class StepRun {
  readonly kind = 'step';
  readonly definition: Step;
  readonly place: Place;
  readonly #context: RunContext;
  readonly #shown: () => void;
  #status = '';
  #stage: 'new' | 'waiting' | 'polling' | 'job' | 'final' = 'new';
  #message = '';
  #command = '';
  #env: Texts = {};
  #parameters: Texts = {};
  #inputs: Texts = {};
  #outputs: Texts = {};
  #values: Parameters = {};
  #endedAt: number | undefined;
  #cached = { runID: '', jobID: '' };
  #job: ContainerJob | undefined;

  /** `shown` is called when the step gets its entry in the run's detail. */
  constructor(definition: Step, place: Place, context: RunContext, shown: () => void) {
    this.definition = definition;
    this.place = place;
    this.#context = context;
    this.#shown = shown;
    this.#outputs = mapValues(definition.outputs, () => '');
  }

  get status(): string {
    return this.#status;
  }

  /** Output artifact → path on the file system. */
  get outputs(): Texts {
    return this.#outputs;
  }

  begin(values: Parameters, inputs: Texts, at: number): void {
    this.#values = values;
    this.#parameters = formatValues(values);
    this.#inputs = inputs;
    const { runtimeName, fullName } = this.place;
    try {
      const text = conditionText(this.#context, this.definition, values, inputs, this.place.loopArgument);
      if (!evaluateCondition(text))
        return this.#end('skipped', `the result of condition for step[${runtimeName}] is false, skip running`, at);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      return this.fail(`caculate the condition field for step[${runtimeName}] faild:\n${cause}`, at);
    }
    if (this.#context.disabled.has(fullName)) return this.#end('skipped', `step[${runtimeName}] is disabled, skip running`, at);
    this.#stage = 'waiting';
    this.#context.slots.take(this.#execute, at);
  }

  /** Never scheduled: what its fields say is still unresolved (5.1). */
  cancel(message: string, at: number): void {
    this.#parameters = formatValues(plainValues(this.definition.parameters));
    this.#inputs = this.definition.inputs;
    this.#end('cancelled', message, at);
  }

  signal(at: number): void {
    if (this.#stage === 'job') this.#job?.kill(at);
    if (this.#stage !== 'waiting' && this.#stage !== 'polling') return;
    const polling = this.#stage === 'polling';
    this.#context.slots.leave(this.#execute);
    this.#end('terminated', `cannot stop stepruntime[${this.place.runtimeName}] because cannot find it's jobid`, at);
    // Not before those who wait have heard the signal too: none of them may take the slot.
    if (polling) this.#context.timeline.at(at, (now) => this.#context.slots.release(now));
  }

  /** Failed before there was a job. */
  fail(reason: string, at: number): void {
    this.#end('failed', reason, at);
    this.#context.fail();
  }

  entry(formatTime: (at: number) => string): Record<string, unknown> {
    const time = (at: number | undefined): string => (at === undefined ? '' : formatTime(at));
    const name = `${this.#context.options.runID}-${withSeq(this.definition.name, this.place.seq)}`;
    return stepEntry(this.#context, this.definition, {
      jobID: this.#job?.jobID ?? '',
      name,
      parentDagID: this.place.parentDagID,
      command: this.#command,
      parameters: this.#parameters,
      env: this.#env,
      startTime: time(this.#job?.createdAt),
      endTime: time(this.#endedAt),
      status: this.#status,
      inputs: this.#inputs,
      outputs: this.#outputs,
      jobMessage: this.#message,
      cacheRunID: this.#cached.runID,
      cacheJobID: this.#cached.jobID,
    });
  }

  readonly #execute = (at: number): void => {
    const { definition, place } = this;
    this.#outputs = outputPaths(this.#context, definition, place.seq, place.runtimeName);
    const problem = this.#resolve() ?? this.#problem();
    if (problem !== undefined) {
      this.fail(`validating step[${place.runtimeName}] failed: [${problem}]`, at);
      this.#context.slots.release(at);
      return;
    }
    if (!definition.cache.enable) return this.#submit(at);
    const hit = this.#context.options.world.findCache(this.#cacheKey(), at);
    if (hit === undefined) return this.#submit(at);
    this.#stage = 'polling';
    this.#poll(hit, at);
  };

  /** What is wrong with the templates, if anything is. */
  #resolve(): string | undefined {
    const { definition, place } = this;
    try {
      const resolved = resolveStep(this.#context, definition, this.#values, this.#inputs, this.#outputs, place.loopArgument);
      this.#command = resolved.command;
      this.#env = resolved.env;
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** What the server checks before it makes a job: none of it is known when the run is submitted (2.7). */
  #problem(): string | undefined {
    const { world } = this.#context.options;
    if (this.definition.dockerEnv === '') return 'required fields in {image} are empty, please fill it';
    const queueName = this.#queueName();
    if (queueName === '') return 'queue is empty';
    const queue = world.queue(queueName);
    if (queue === undefined) return 'get queue failed when creating job, err=record not found';
    if (!queue.open) return `queue[${queueName}] is not open`;
    const { PF_JOB_FLAVOUR: flavour = '', PF_JOB_LIMIT_FLAVOUR: limit = '', PF_JOB_PRIORITY: priority = '' } = this.#env;
    if (flavour !== '' && !world.flavour(flavour)) return `get flavour[${flavour}] failed, err:record not found`;
    if (limit !== '' && limit !== 'NONE' && !world.flavour(limit)) return `get flavour[${limit}] failed, err:record not found`;
    // The two outermost priorities are refused here too (2.15).
    if (!['', 'LOW', 'NORMAL', 'HIGH'].includes(priority.toUpperCase())) return `priority[${priority}] is invalid`;
    return undefined;
  }

  #queueName(): string {
    return this.#env['PF_JOB_QUEUE_NAME'] || (this.#context.options.world.singleCluster ? DEFAULT_QUEUE : '');
  }

  #cacheKey() {
    const { definition, place } = this;
    const { plan, options } = this.#context;
    const { command, env } = resolveStep(this.#context, definition, this.#values, this.#inputs, definition.outputs, place.loopArgument);
    const prints = fingerprints(this.#context, definition, { command, env, parameters: this.#parameters, inputs: this.#inputs });
    return { ...prints, fsName: plan.fsName, source: options.source };
  }

  /** A success and a failure are taken over, a cached job that was stopped is no use (7.12). */
  #poll(hit: { runID: string; jobID: string }, at: number): void {
    if (this.#stage !== 'polling') return;
    const { world, runID } = this.#context.options;
    const status = world.jobStatus(hit.jobID);
    if (status === 'succeeded' || status === 'failed') {
      this.#cached = hit;
      const same = (path: string): string => path.replace(`.pipeline/${runID}/`, `.pipeline/${hit.runID}/`);
      this.#outputs = world.jobOutputs?.(hit.jobID) ?? mapValues(this.#outputs, same);
      this.#resolve(); // command and variables name the old paths too
      if (status === 'succeeded') world.noteCached?.(this.definition.name, this.#outputs, at);
      this.#keepContents((artifact) => world.jobContent?.(hit.jobID, artifact));
      this.#end(status, `skip job for step[${this.place.runtimeName}] in runid[${runID}], use cache of runid[${hit.runID}]`, at);
      if (status === 'failed') this.#context.fail();
      this.#context.slots.release(at);
    } else if (status === undefined || isFinal(status)) this.#submit(at);
    else {
      this.#context.timeline.at(at + CACHE_POLL, (now) => {
        this.#poll(hit, now);
        this.#context.settle(now);
      });
    }
  }

  #submit(at: number): void {
    const { options, jobs } = this.#context;
    const name = withSeq(this.definition.name, this.place.seq);
    const seed = `job ${options.runID} ${this.place.runtimeName}`;
    // Lower-cased as a whole (section 5).
    const jobID = `job-${options.runID}-${name}-${options.hex(seed, 8)}`.toLowerCase();
    const queueName = this.#queueName();
    this.#env = { ...this.#env, PF_JOB_NAMESPACE: options.world.queue(queueName)?.namespace ?? '', PF_JOB_MODE: '' };
    const containerName = `${options.runID}-${name}`;
    const podUid = uuidOf(options.hex(`pod ${seed}`, 32));
    const { name: stepName, dockerEnv: image } = this.definition;
    const extraFs = [...this.definition.extraFs, ...this.#context.plan.definition.extraFs];
    const places = { jobID, podUid, stepName, path: this.place.path, containerName, queueName };
    const inContainer = mapValues(this.#outputs, (path) => containerPath(this.#context, path));
    const spec = {
      ...places,
      image,
      extraFs,
      places: inContainer,
      command: this.#command,
      env: this.#env,
      inputs: this.#inputs,
      outputs: this.#outputs,
    };
    if (this.definition.cache.enable) {
      const expiredTime = this.definition.cache.maxExpiredTime || '-1';
      options.world.addCache({ ...this.#cacheKey(), runID: options.runID, jobID, expiredTime }, at);
    }
    this.#stage = 'job';
    this.#status = 'init';
    this.#job = new ContainerJob(spec, this.#context, at, this.#jobChanged);
    jobs.push(this.#job);
    this.#shown();
    this.#context.touch(at);
  }

  /** The engine reads the job's row only now and then: it learns of everything later (8.1). */
  readonly #jobChanged = (status: string, message: string, at: number): void => {
    this.#context.timeline.at(at + this.#context.options.pace.engineLag, (now) => {
      this.#status = status;
      this.#message = message;
      this.#context.touch(now);
      if (isFinal(status)) {
        this.#stage = 'final';
        this.#endedAt = at;
        if (status === 'succeeded') this.#keepContents((artifact) => this.#job?.content(artifact));
        else {
          this.#context.fail();
          this.#context.settle(now); // before a slot gets free: under fail_fast nobody may take it
        }
        this.#context.slots.release(now);
      }
      this.#context.settle(now);
    });
  };

  /** For who has a condition on them or loops over them (7.5). */
  #keepContents(contentOf: (artifact: string) => string | undefined): void {
    for (const [artifact, path] of Object.entries(this.#outputs)) {
      const content = contentOf(artifact);
      if (content !== undefined) this.#context.contents.set(path, content);
    }
  }

  /** Final without a job of its own. Skipped and cancelled steps have no times (5.1). */
  #end(status: string, message: string, at: number): void {
    this.#stage = 'final';
    this.#status = status;
    this.#message = message;
    if (status !== 'skipped' && status !== 'cancelled') this.#endedAt = at;
    this.#shown();
    this.#context.touch(at);
  }
}

const uuidOf = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
