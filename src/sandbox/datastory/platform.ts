import { Clock, type ClockReading } from '../kit/clock.ts';
import type { Journal } from '../kit/journal.ts';
import { createZone, type Zone } from '../kit/zone.ts';
import { compact, type Entry } from './entry.ts';
import type { DataStorySandboxOptions, Pace, SandboxAlgorithm } from './options.ts';
import { defaultSwitches, type Switches } from './switches.ts';
import { standingOf, type Standing, type Task } from './task.ts';

/** A mail of the platform: only for tasks that went wrong or were cancelled (5.5). Nothing is sent. */
export interface Mail {
  readonly to: string;
  readonly taskId: number;
  readonly subject: string;
}

/** What a task that ended well has left in its output folder (5.6). The file's name is ours: the vendor publishes none. */
export interface ResultFile {
  readonly taskId: number;
  readonly path: string;
  readonly text: string;
}

/** The first one's path is public; that of the others, like their names, is made up (4.1). */
export const usualAlgorithms: readonly SandboxAlgorithm[] = [
  { name: 'triple-cosmetics', submitPath: '/api/algorithm/triple/cosmetics/add' },
  { name: 'sentiment', submitPath: '/api/algorithm/sentiment/general/add' },
  { name: 'hdfs-only', submitPath: '/api/algorithm/hdfs/only/add', fileSystems: ['HDFS'] },
];
const defaultPace: Pace = { toRunning: 2_000, toFinished: 30_000 };
/** The samples have seven digits. */
const firstId = 4_120_077;

/** The platform: tasks and a clock. Every status is a function of both, so that a restart loses nothing. */
export class Platform {
  readonly clock: Clock;
  readonly zone: Zone;
  readonly algorithms: readonly SandboxAlgorithm[];
  /** Whether a journal from before was found: nothing is seeded into it then. */
  readonly resumed: boolean;
  #pace: Pace;
  #switches: Switches;
  #nextId: number;
  readonly #tasks = new Map<number, Task>();
  readonly #journal: Journal<Entry> | undefined;

  constructor(options: DataStorySandboxOptions, journal: Journal<Entry> | undefined) {
    const entries = compact(journal?.read() ?? []);
    const [begin] = entries;
    const known = begin?.do === 'begin' ? begin : undefined;
    const at = known?.at ?? Math.floor(options.startAt ?? Date.now());
    const zone = known?.zone ?? options.zone ?? 'Asia/Shanghai';
    this.resumed = known !== undefined;
    this.zone = createZone(zone);
    this.#pace = known?.pace ?? { ...defaultPace, ...options.pace };
    this.#nextId = known?.nextId ?? firstId;
    this.algorithms = options.algorithms ?? usualAlgorithms;
    this.#switches = { ...defaultSwitches };
    this.clock = new Clock(at);
    for (const entry of entries) this.#replay(entry);
    this.#switches = { ...this.#switches, ...options.switches };
    this.#journal = journal;
    journal?.rewrite(known ? entries : [{ do: 'begin', version: 1, at, zone, pace: this.#pace, nextId: firstId }]);
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

  /** Of tasks that are submitted from now on. */
  setPace(change: Partial<Pace>): void {
    this.#pace = { ...this.#pace, ...change };
    this.#journal?.append({ do: 'pace', pace: this.#pace });
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
  submit(task: Omit<Task, 'id' | 'submittedAt' | 'pace'> & Partial<Pick<Task, 'submittedAt' | 'pace'>>): Task {
    return this.#put({ id: this.#nextId, submittedAt: this.clock.now(), pace: this.#pace, ...task });
  }

  change(id: number, change: Pick<Task, 'cancelledAt' | 'rawStatus'>): Task | undefined {
    const task = this.#tasks.get(id);
    return task && this.#put({ ...task, ...change });
  }

  /** As if it had never been, but for its number. Undefined: there is no such task. */
  forget(id: number): Task | undefined {
    const task = this.#tasks.get(id);
    if (task === undefined) return undefined;
    this.#journal?.append({ do: 'forget', id });
    this.#tasks.delete(id);
    return task;
  }

  compactJournal(): void {
    this.#journal?.rewrite(compact(this.#journal.read()));
  }

  task(id: number): Task | undefined {
    return this.#tasks.get(id);
  }

  tasks(): Task[] {
    return [...this.#tasks.values()];
  }

  standing(task: Task): Standing {
    return standingOf(task, this.clock.now());
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

  /** Of the triple task one JSON a line, an array of objects (4); the values are made up. */
  results(): ResultFile[] {
    const ended = this.tasks().filter((task) => this.standing(task).status === 'FINISHED');
    return ended.map(({ id, outputPath, algorithm }) => ({
      taskId: id,
      path: `${outputPath.replace(/\/+$/, '')}/part-00000`,
      text: `${JSON.stringify([{ extractorName: algorithm, dimension: 'texture' }])}\n`,
    }));
  }

  #replay(entry: Entry): void {
    if (entry.do === 'task') this.#remember(entry.task);
    else if (entry.do === 'clock') this.clock.set(entry, entry.at, entry.wall);
    else if (entry.do === 'switches') this.#switches = { ...this.#switches, ...entry.switches };
    else if (entry.do === 'pace') this.#pace = entry.pace;
  }

  #put(task: Task): Task {
    this.#journal?.append({ do: 'task', task });
    return this.#remember(task);
  }

  #remember(task: Task): Task {
    this.#tasks.set(task.id, task);
    this.#nextId = Math.max(this.#nextId, task.id + 1);
    return task;
  }
}
