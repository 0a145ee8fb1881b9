import { createHash } from 'node:crypto';
import type { OpenMap, OpenValue } from '../../../src/sandbox/kit/json-value.ts';
import { NumberLiteral } from '../../../src/sandbox/kit/json-value.ts';
import { writeJson } from '../../../src/sandbox/kit/write-json.ts';
import { parseWorkflow, planRun, retryExecution, startExecution, WorkflowError } from '../../../src/sandbox/paddleflow/workflow/index.ts';
import type {
  Execution,
  Job,
  RunOverrides,
  RunPlan,
  StartOptions,
  WorkflowEngine,
  World,
} from '../../../src/sandbox/paddleflow/workflow/types.ts';

/** Exactly what the server relies on. */
const engine: WorkflowEngine = { parseWorkflow, planRun, startExecution, retryExecution };

/** An entry of `runtime`, as far as tests look into it. */
export interface Entry {
  readonly [key: string]: unknown;
  readonly status: string;
  readonly jobID: string;
  readonly id: string;
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly artifacts: { readonly input: Record<string, string>; readonly output: Record<string, string> };
  readonly entryPoints: Entries;
}
export type Entries = Record<string, Entry[]>;

const hex = (seed: string, digits: number): string => createHash('sha256').update(seed).digest('hex').slice(0, digits);

type CacheRecord = Parameters<World['addCache']>[0];

/** A server around the engine: one queue `default-queue`, one on a dead cluster, one flavour, a cache, all runs. */
export class FakeServer implements World {
  readonly singleCluster: boolean;
  readonly caches: CacheRecord[] = [];
  readonly runs: Execution[] = [];

  constructor({ singleCluster = true } = {}) {
    this.singleCluster = singleCluster;
  }

  queue(name: string) {
    const namespaces: Record<string, string> = { 'default-queue': 'default', 'train-queue': 'ml', lost: 'far', shut: 'ml' };
    const namespace = namespaces[name];
    if (namespace === undefined) return undefined;
    const cluster = {
      id: 'cluster-0a1b2c3d',
      name: 'edge',
      type: 'K3S',
      endpoint: 'https://10.0.0.1:6443',
      credential: 'a3ViZWNvbmZpZw==',
    };
    return { id: `queue-${hex(name, 8)}`, namespace, open: name !== 'shut', clusterOnline: name !== 'lost', cluster };
  }

  flavour(name: string): boolean {
    return name === 'flavour1';
  }

  findCache({ firstFp, secondFp, fsName, source }: Parameters<World['findCache']>[0]) {
    const same = (record: CacheRecord): boolean =>
      [record.firstFp, record.secondFp, record.fsName, record.source].join() === [firstFp, secondFp, fsName, source].join();
    return this.caches.findLast(same);
  }

  addCache(record: CacheRecord): void {
    this.caches.push(record);
  }

  jobStatus(jobID: string): string | undefined {
    return this.#job(jobID)?.status();
  }

  jobOutputs(jobID: string) {
    return this.#job(jobID)?.outputs;
  }

  start(plan: RunPlan, options: Partial<StartOptions> = {}): Run {
    return this.#add(engine.startExecution(plan, this.#options(options)));
  }

  retry(old: Run, options: Partial<StartOptions> = {}): Run {
    return this.#add(engine.retryExecution(old.execution, this.#options({ at: old.now, ...options })));
  }

  #options(options: Partial<StartOptions>): StartOptions {
    const runID = `run-${String(this.runs.length + 1).padStart(6, '0')}`;
    const pace = { toPending: 100, toRunning: 400, engineLag: 3000 };
    return { runID, source: 'ppl-000001-1', userName: 'alice', fsUserName: 'alice', at: 0, world: this, hex, pace, ...options };
  }

  #add(execution: Execution): Run {
    this.runs.push(execution);
    return new Run(execution, this);
  }

  #job(jobID: string): Job | undefined {
    return this.runs.flatMap((run) => run.jobs()).find((job) => job.jobID === jobID);
  }
}

export const formatTime = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** A run with hands to move it through time. */
export class Run {
  readonly execution: Execution;
  readonly #server: FakeServer;
  now = 0;

  constructor(execution: Execution, server: FakeServer) {
    this.execution = execution;
    this.#server = server;
  }

  get status(): string {
    return this.execution.status();
  }

  get runtime(): Entries {
    return JSON.parse(writeJson(this.execution.detail(formatTime).runtime)) as Entries; // that is what the engine promises to give
  }

  get post(): Record<string, Entry> {
    return JSON.parse(writeJson(this.execution.detail(formatTime).postProcess)) as Record<string, Entry>;
  }

  /** `{name: [status, …]}`, dags with their insides. */
  get statuses(): unknown {
    return statusesOf(this.runtime);
  }

  entry(name: string, index = 0): Entry {
    const found = this.runtime[name]?.[index];
    if (found === undefined) throw new Error(`no entry ${name}[${index}]`);
    return found;
  }

  job(path: string): Job {
    const found = this.execution.jobs().find((job) => job.path === path);
    if (found === undefined) throw new Error(`no job of ${path}`);
    return found;
  }

  log(path: string): string[] {
    const job = this.job(path);
    return Array.from({ length: job.lineCount(this.now) }, (_, index) => job.line(index).text);
  }

  /** All runs of the server move together. */
  to(at: number): this {
    for (let next = this.#next(); next !== undefined && next.at <= at; next = this.#next()) next.run.advance(next.at);
    for (const run of this.#server.runs) run.advance(at);
    this.now = at;
    return this;
  }

  /** Event by event until it holds; fails when nothing more happens. */
  until(holds: (run: this) => boolean): this {
    while (!holds(this)) {
      const next = this.#next();
      if (next === undefined || next.at > 1e9) throw new Error(`nothing more happens: ${this.status} ${JSON.stringify(this.statuses)}`);
      this.to(next.at);
    }
    return this;
  }

  end(): this {
    return this.until(({ status }) => ['succeeded', 'failed', 'terminated'].includes(status));
  }

  stop(force = false): this {
    this.execution.stop(this.now, force);
    return this;
  }

  #next(): { at: number; run: Execution } | undefined {
    const moving = this.#server.runs.map((run) => ({ at: run.nextAt() ?? Infinity, run })).toSorted((a, b) => a.at - b.at);
    return moving[0]?.at === Infinity ? undefined : moving[0];
  }
}

function statusesOf(entries: Entries): unknown {
  const one = (entry: Entry): unknown => (entry['type'] === 'dag' ? [entry.status, statusesOf(entry.entryPoints)] : entry.status);
  return Object.fromEntries(Object.entries(entries).map(([name, list]) => [name, list.map(one)]));
}

/** What a request asks for, its parameters as they are in JSON. */
type Wishes = Omit<RunOverrides, 'parameters'> & { readonly parameters?: Readonly<Record<string, unknown>> };

const asSent = ({ parameters, ...rest }: Wishes): RunOverrides =>
  parameters === undefined ? rest : { ...rest, parameters: openValue(parameters) as OpenMap }; // of an object

/** As the server decodes it: numbers stay text. */
function openValue(value: unknown): OpenValue {
  if (typeof value === 'number') return new NumberLiteral(String(value));
  if (Array.isArray(value)) return value.map(openValue);
  if (typeof value === 'object' && value !== null) return new Map(Object.entries(value).map(([key, item]) => [key, openValue(item)]));
  return value as OpenValue;
}

export const plan = (yaml: string, overrides: Wishes = {}): RunPlan =>
  engine.planRun(engine.parseWorkflow(yaml, { duplicateKeys: 'refuse' }), asSent(overrides));

export const start = (yaml: string, overrides: Wishes = {}, options: Partial<StartOptions> = {}): Run =>
  new FakeServer().start(plan(yaml, overrides), options);

/** `name` and an image around the rest. */
export const flow = (rest: string): string => `name: demo\ndocker_env: busybox\n${rest}`;

/** `InvalidPipeline: message`, or `accepted`. */
export function verdict(yaml: string, overrides: Wishes = {}): string {
  try {
    plan(yaml, overrides);
    return 'accepted';
  } catch (error) {
    if (error instanceof WorkflowError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
