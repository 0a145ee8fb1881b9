import type { ClockReading } from '../kit/clock.ts';
import type { Control } from './control.ts';

/** What the contract marks as unknown: which way the sandbox goes. Set at the start or through the control port. */
export interface Switches {
  /** Where a submission's answer has the id (4.3): `{id}`, `{taskId}`, `{code, data}`, `{data: {id}}`, `{data: {taskId}}`, the bare number, or nowhere. */
  readonly idShape: 'id' | 'taskId' | 'data' | 'data-id' | 'data-taskId' | 'bare' | 'none';
  /** Whether the id is a JSON number or a text of digits. */
  readonly idType: 'number' | 'text';
  /** How a time looks that has not come yet (3): left out, null or "". */
  readonly idleTimes: 'absent' | 'null' | 'empty';
  /** How the status call tells errors: by HTTP status, or as 200 with `{code, message}` (3). */
  readonly statusErrors: 'http' | 'envelope';
  /** The status word of a cancelled task (3): the platform's page names none. */
  readonly cancelWord: string;
}

export const defaultSwitches: Switches = {
  idShape: 'id',
  idType: 'number',
  idleTimes: 'absent',
  statusErrors: 'http',
  cancelWord: 'ERROR',
};

/** Sandbox milliseconds from the submission to each status. */
export interface Pace {
  readonly toRunning: number;
  readonly toFinished: number;
}

/** An algorithm that takes submissions: the whole path of its call (4.1). */
export interface SandboxAlgorithm {
  readonly name: string;
  readonly submitPath: string;
}

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
  /** In which times are written, without a mark; default Asia/Shanghai. */
  readonly zone?: string;
  /** The sandbox's time at its first start, in milliseconds since the epoch; default: the wall's. */
  readonly startAt?: number;
  readonly pace?: Partial<Pace>;
  /** The token that calls must carry, bare; default `datastory-token`. */
  readonly token?: string;
  /** Default: the triple task of cosmetics, the one whose path is public (4). */
  readonly algorithms?: readonly SandboxAlgorithm[];
  readonly switches?: Partial<Switches>;
}

export interface DataStorySandbox extends AsyncDisposable {
  /** Without a path. */
  readonly url: string;
  readonly controlUrl: string;
  readonly control: Control;
  readonly token: string;
  close(): Promise<void>;
}
