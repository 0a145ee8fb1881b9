import type { ClockReading } from '../kit/clock.ts';
import type { Control } from './control.ts';
import type { FileSystemKind } from './submission.ts';
import type { Switches } from './switches.ts';

/** Sandbox milliseconds from the submission to each status. */
export interface Pace {
  readonly toRunning: number;
  readonly toFinished: number;
}

/** An algorithm that takes submissions: the whole path of its call (4.1). */
export interface SandboxAlgorithm {
  readonly name: string;
  readonly submitPath: string;
  /** Default: both. The triple task has only HDFS for everybody (2). */
  readonly fileSystems?: readonly FileSystemKind[];
}

/** What is marked * counts at the first start on a data folder and is kept in its journal from then on. */
export interface DataStorySandboxOptions {
  readonly clock: ClockReading['mode'];
  /** Sandbox seconds per real second; default 1. */
  readonly rate?: number;
  /** Of the API; default 0, which takes a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. The control port is always on loopback. */
  readonly host?: string;
  readonly controlPort?: number;
  /** Keeps the journal; without it everything ends with the process. */
  readonly dataDir?: string;
  /** * In which times are written, without a mark; default Asia/Shanghai. */
  readonly zone?: string;
  /** * The sandbox's time at its first start, in milliseconds since the epoch; default: the wall's. */
  readonly startAt?: number;
  /** * */
  readonly pace?: Partial<Pace>;
  /** * `empty` (default): no task. `demo`: see seed/demo.ts. */
  readonly seed?: 'demo' | 'empty';
  /** How often the demo submits a task of its own, in real milliseconds; default 60,000. Only with a real clock. */
  readonly demoEveryMs?: number;
  /** The token that calls must carry, bare; default `datastory-token`. */
  readonly token?: string;
  /** Default: the triple task of cosmetics, the one whose path is public (4), and two that are made up. */
  readonly algorithms?: readonly SandboxAlgorithm[];
  readonly switches?: Partial<Switches>;
}

export interface DataStorySandbox extends AsyncDisposable {
  /** Without a path. */
  readonly url: string;
  readonly controlUrl: string;
  readonly control: Control;
  readonly token: string;
  /** Ends open connections at once. */
  close(): Promise<void>;
}
