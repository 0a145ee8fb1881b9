import { isFinal } from './context.ts';
import { ContainerLog } from './log.ts';
import { runCommand, type CommandResult } from './shell.ts';
import type { FsMount, Texts } from './structure.ts';
import type { Timeline } from './timeline.ts';
import type { Trace } from './trace.ts';
import type { Job, LogLine, QueueFacts, StartOptions } from './types.ts';

/** What Kubernetes accepts as a container's name (7.4). */
const CONTAINER_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const NS_PER_MS = 1_000_000;

export interface JobSpec {
  readonly jobID: string;
  readonly podUid: string;
  readonly stepName: string;
  readonly path: string;
  readonly containerName: string;
  readonly queueName: string;
  readonly image: string;
  readonly command: string;
  readonly env: Texts;
  readonly extraFs: readonly FsMount[];
  readonly inputs: Texts;
  readonly outputs: Texts;
  /** Output artifact → path inside the container. */
  readonly places: Texts;
}

/** What the sandbox imagines in an artifact that a program has made of which it knows nothing: something that can be looped over. */
const IMAGINED = '[1, 2, 3]';

/** What a job needs of the run it belongs to; a job of nobody's run has its own. */
export interface JobContext {
  readonly timeline: Timeline;
  readonly trace: Trace;
  readonly options: Pick<StartOptions, 'pace' | 'world' | 'stuckTerminating'>;
}

/** One row of the job table with its pod: init → pending → running → succeeded or failed, and the way out by a stop (4.2). */
export class ContainerJob implements Job {
  readonly jobID: string;
  readonly stepName: string;
  readonly path: string;
  readonly queueName: string;
  readonly image: string;
  readonly command: string;
  readonly env: Texts;
  readonly extraFs: readonly FsMount[];
  readonly taskID: string;
  readonly inputs: Texts;
  readonly outputs: Texts;
  readonly createdAt: number;
  readonly #spec: JobSpec;
  readonly #context: JobContext;
  readonly #changed: (status: string, message: string, at: number) => void;
  #status = 'init';
  #message = '';
  #startedAt: number | undefined;
  #finishedAt: number | undefined;
  #exitCode: number | undefined;
  #log: ContainerLog | undefined;
  #result: CommandResult | undefined;

  /** `changed` hears of every state after the first. */
  constructor(spec: JobSpec, context: JobContext, at: number, changed: (status: string, message: string, at: number) => void) {
    this.#spec = spec;
    this.jobID = spec.jobID;
    this.stepName = spec.stepName;
    this.path = spec.path;
    this.queueName = spec.queueName;
    this.image = spec.image;
    this.command = spec.command;
    this.env = spec.env;
    this.extraFs = spec.extraFs;
    this.inputs = spec.inputs;
    this.outputs = spec.outputs;
    this.taskID = `${spec.podUid}_${spec.containerName}`;
    this.createdAt = at;
    this.#context = context;
    this.#changed = changed;
    this.#after(context.options.pace.toPending, at, (now) => this.#submit(now));
  }

  status(): string {
    return this.#status;
  }

  message(): string {
    return this.#message;
  }

  startedAt(): number | undefined {
    return this.#startedAt;
  }

  finishedAt(): number | undefined {
    return this.#finishedAt;
  }

  content(artifact: string): string | undefined {
    if (this.#status !== 'succeeded' || !Object.hasOwn(this.#spec.places, artifact)) return undefined;
    return this.#result?.files.get(this.#spec.places[artifact] ?? '') ?? (this.#result?.unknown === true ? IMAGINED : undefined);
  }

  exitCode(): number | undefined {
    return this.#exitCode;
  }

  lineCount(at: number): number {
    return this.#log?.count(at) ?? 0;
  }

  line(index: number): LogLine {
    if (this.#log === undefined) throw new RangeError(`no line ${index}: the container of ${this.jobID} has not started`);
    return this.#log.line(index);
  }

  /** Ignored while there is no container that could write. */
  write(lines: { count: number; text(index: number): string }, at: number): void {
    this.#context.timeline.advance(at);
    if (this.#finishedAt === undefined) this.#log?.write(lines, at);
  }

  finish(result: 'succeeded' | 'failed', at: number): void {
    this.#context.timeline.advance(at);
    this.#report(result, result === 'succeeded' ? 0 : 1, at);
  }

  stop(at: number): void {
    this.#context.timeline.advance(at);
    this.kill(at);
  }

  /** Deletes the pod. A job that was stuck while terminating gets free by a second request (4.1). */
  kill(at: number): void {
    if (isFinal(this.#status)) return;
    if (this.#status === 'init' || this.#status === 'terminating') {
      this.#end('terminated', this.#status === 'init' ? 'job is terminated.' : 'job is terminated', at);
      return;
    }
    this.#move('terminating', 'job is terminating, its pod is being deleted', at);
    if (this.#context.options.stuckTerminating === true) return;
    this.#after(this.#context.options.pace.toPending, at, (now) => this.#report('failed', 137, now));
  }

  /** On an offline cluster the job stays `init` for ever (4.1). */
  #submit(at: number): void {
    if (this.#status !== 'init') return;
    const { containerName, queueName, jobID } = this.#spec;
    const queue = this.#context.options.world.queue(queueName);
    if (queue?.clusterOnline === false) return;
    if (queue !== undefined) this.#traceSubmission(queue, at);
    if (!CONTAINER_NAME.test(containerName)) {
      const cause = `Pod "${jobID}" is invalid: spec.containers[0].name: Invalid value: "${containerName}"`;
      this.#end('failed', `submit job to cluster failed, err: ${cause}`, at);
      return;
    }
    this.#move('pending', 'job is pending', at);
    this.#after(this.#context.options.pace.toRunning, at, (now) => this.#run(now));
  }

  /** The first line prints the whole cluster, its credential included (2.13). */
  #traceSubmission({ id, cluster }: QueueFacts, at: number): void {
    const { jobID } = this.#spec;
    const info = (text: string) => this.#context.trace.add(jobID, at, text);
    const client = `{${cluster.endpoint} ${cluster.credential} 1000 1000}`;
    info(`submit job[${jobID}] to cluster[&{${cluster.id} ${cluster.name} ${cluster.type} ${client}}] queue[${id}]`);
    if (cluster.type === 'K3S') for (const text of ['prepare k3s storage', 'submit k3s job', 'k3s only support single job.']) info(text);
    info('current submit job type: single, job framework: standalone');
    if (cluster.type === 'K3S') info(`submit k3s job[${jobID}] success`);
    info('submit job to cluster successfully.');
  }

  #run(at: number): void {
    if (this.#status !== 'pending') return;
    this.#startedAt = at;
    const result = runCommand(this.#spec.command, this.#spec.env);
    this.#result = result;
    this.#log = new ContainerLog(at, result.output);
    this.#move('running', 'job is running', at);
    this.#after(Math.ceil(result.output.duration / NS_PER_MS), at, (now) => {
      // A stop that hangs does not even notice that the container has ended (4.1).
      const stuck = this.#status === 'terminating' && this.#context.options.stuckTerminating === true;
      if (!stuck) this.#report(result.exitCode === 0 ? 'succeeded' : 'failed', result.exitCode, now, 'by itself');
    });
  }

  /** What the cluster says in the end. From `terminating` everything becomes `terminated` (4.2). */
  #report(result: 'succeeded' | 'failed', exitCode: number, at: number, ended: 'by itself' | 'early' = 'early'): void {
    if (isFinal(this.#status)) return;
    this.#log?.close(at, ended);
    this.#exitCode = exitCode;
    if (this.#status === 'terminating') this.#end('terminated', 'job is terminated', at);
    else if (result === 'succeeded') this.#end('succeeded', 'job is succeeded', at);
    else
      this.#end(
        'failed',
        `job is failed, container ${this.#spec.containerName} exited with code: ${exitCode}, reason: Error, message: `,
        at,
      );
  }

  #end(status: string, message: string, at: number): void {
    this.#finishedAt = at;
    this.#log?.close(at, 'early');
    this.#move(status, message, at);
  }

  #move(status: string, message: string, at: number): void {
    this.#status = status;
    this.#message = message;
    this.#changed(status, message, at);
  }

  #after(delay: number, at: number, action: (at: number) => void): void {
    this.#context.timeline.at(at + delay, action);
  }
}
