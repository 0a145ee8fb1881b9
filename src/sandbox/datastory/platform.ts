import { Clock, type ClockReading } from '../kit/clock.ts';
import type { Journal } from '../kit/journal.ts';
import { defaultSwitches, type DataStorySandboxOptions, type Pace, type SandboxAlgorithm, type Switches } from './options.ts';
import { standingOf, type Standing, type Task } from './task.ts';

/** What happened, as the journal keeps it. Secrets of submissions are not among it. */
export type Entry =
  | { readonly do: 'begin'; readonly version: 1; readonly at: number; readonly zone: string; readonly pace: Pace }
  | ({ readonly do: 'clock'; readonly at: number; readonly wall: number } & ClockReading)
  | { readonly do: 'task'; readonly task: Task }
  | { readonly do: 'switches'; readonly switches: Switches };

/** A mail of the platform: only for tasks that went wrong or were cancelled (5.5). Nothing is sent. */
export interface Mail {
  readonly to: string;
  readonly taskId: number;
  readonly subject: string;
}

export const cosmetics: SandboxAlgorithm = { name: 'triple-cosmetics', submitPath: '/api/algorithm/triple/cosmetics/add' };
const defaultPace: Pace = { toRunning: 2_000, toFinished: 30_000 };
/** The samples have seven digits. */
const firstId = 4_120_077;

/** The platform: tasks and a clock. Every status is a function of both, so that a restart loses nothing. */
export class Platform {
  readonly clock: Clock;
  readonly zone: string;
  readonly pace: Pace;
  readonly algorithms: readonly SandboxAlgorithm[];
  #switches: Switches;
  readonly #tasks = new Map<number, Task>();
  readonly #journal: Journal<Entry> | undefined;

  constructor(options: DataStorySandboxOptions, journal: Journal<Entry> | undefined) {
    const entries = journal?.read() ?? [];
    const [begin] = entries;
    const known = begin?.do === 'begin' ? begin : undefined;
    const at = known?.at ?? Math.floor(options.startAt ?? Date.now());
    this.zone = known?.zone ?? options.zone ?? 'Asia/Shanghai';
    this.pace = known?.pace ?? { ...defaultPace, ...options.pace };
    this.algorithms = options.algorithms ?? [cosmetics];
    this.#switches = { ...defaultSwitches, ...options.switches };
    this.clock = new Clock(at);
    this.#journal = journal;
    if (known === undefined) journal?.rewrite([{ do: 'begin', version: 1, at, zone: this.zone, pace: this.pace }]);
    for (const entry of known === undefined ? [] : entries) {
      if (entry.do === 'task') this.#tasks.set(entry.task.id, entry.task);
      else if (entry.do === 'clock') this.clock.set(entry, entry.at, entry.wall);
      else if (entry.do === 'switches') this.#switches = { ...entry.switches, ...options.switches };
    }
    const { mode, rate } = this.clock.reading;
    if (known === undefined || mode !== options.clock || (options.rate ?? rate) !== rate)
      this.setClock({ mode: options.clock, rate: options.rate ?? rate });
  }

  get switches(): Switches {
    return this.#switches;
  }

  setSwitches(change: Partial<Switches>): void {
    this.#switches = { ...this.#switches, ...change };
    this.#journal?.append({ do: 'switches', switches: this.#switches });
  }

  setClock(reading: ClockReading): void {
    this.#journal?.append({ do: 'clock', ...this.clock.set(reading), ...this.clock.reading });
  }

  advance(milliseconds: number): number {
    const now = this.clock.advance(milliseconds);
    this.#journal?.append({ do: 'clock', ...this.clock.set(this.clock.reading), ...this.clock.reading });
    return now;
  }

  /** In the journal before its answer goes out. */
  submit(task: Omit<Task, 'id' | 'submittedAt'>, submittedAt = this.clock.now()): Task {
    const added = { id: firstId + this.#tasks.size, submittedAt, ...task };
    return this.#put(added);
  }

  change(id: number, change: Pick<Task, 'cancelledAt' | 'rawStatus'>): Task | undefined {
    const task = this.#tasks.get(id);
    return task && this.#put({ ...task, ...change });
  }

  task(id: number): Task | undefined {
    return this.#tasks.get(id);
  }

  tasks(): Task[] {
    return [...this.#tasks.values()];
  }

  standing(task: Task): Standing {
    return standingOf(task, this.clock.now(), this.pace);
  }

  /** In the order of their tasks. */
  mails(): Mail[] {
    return this.tasks().flatMap((task) => {
      const { status } = this.standing(task);
      if (status !== 'ERROR' && status !== 'CANCELLED') return [];
      const subject = `task ${task.id} ${status === 'ERROR' ? 'went wrong' : 'was cancelled'}`;
      return [{ to: task.mailAddress, taskId: task.id, subject }];
    });
  }

  #put(task: Task): Task {
    this.#journal?.append({ do: 'task', task });
    this.#tasks.set(task.id, task);
    return task;
  }
}
