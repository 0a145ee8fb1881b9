import type { CallLog } from '../../kit/call-log.ts';
import type { ClockReading } from '../../kit/clock.ts';
import type { CommonControl } from '../../kit/control-server.ts';
import type { WireFaults } from '../../kit/wire-faults.ts';
import type { Core } from '../core.ts';
import { lineText } from '../endpoints/log-page.ts';
import { ownerOf } from './apply-order.ts';
import type { Fault, LogBurst, Order, RunBatch, StateFault, WireFault, WireFaultKind } from './orders.ts';

export interface SandboxReading extends ClockReading {
  /** Sandbox time in milliseconds since the epoch. */
  readonly now: number;
  readonly zone: string;
  readonly pid: number;
  readonly url: string;
}

/** What a test or a person may do to a sandbox beside its API. Mistakes are thrown as OrderError. */
export interface Control extends CommonControl {
  read(): SandboxReading;
  orderFault(fault: Omit<WireFault, 'path'> & { readonly path?: string | RegExp }): void;
  orderFault(fault: StateFault): void;
  writeLog(burst: LogBurst): void;
  /** The container's whole log as Kubernetes has it, with time stamps and without any ceiling. */
  logOf(runID: string, jobID: string): string;
  /** A step that runs ends now. */
  finishJob(jobID: string, result: 'succeeded' | 'failed'): void;
  /** The numbers are the next ones; returns the ids of the first and the last run. */
  insertRuns(batch: RunBatch): { first: string; last: string };
  /** The next run's number is so much higher. */
  leaveHoles(count: number): void;
  /** Any word in place of the run's status; null takes it back. */
  setRawStatus(runID: string, status: string | null): void;
  setQueueStatus(queueName: string, status: string): void;
  putFile(fsID: string, path: string, text: string): void;
}

export function createControl(core: Core, faults: WireFaults<WireFaultKind>, callLog: CallLog, url: () => string): Control {
  const order = (command: Order) => core.order(command);
  return {
    read: () => ({ now: core.catchUp(), zone: core.state.zone.name, ...core.clock.reading, pid: process.pid, url: url() }),
    advance: (milliseconds) => core.advance(milliseconds),
    setClock: (reading) => core.setClock({ ...core.clock.reading, ...reading }),
    orderFault(fault: Omit<Fault, 'path'> & { readonly path?: string | RegExp }) {
      const path = fault.path instanceof RegExp ? fault.path.source : fault.path;
      const plain = { ...fault, ...(path === undefined ? {} : { path }) } as Fault; // one or the other overload
      if (isStateFault(plain)) order({ op: 'state-fault', ...plain });
      else faults.order(plain);
    },
    clearFaults() {
      faults.clear();
      order({ op: 'clear-state-faults' });
    },
    writeLog: (burst) => order({ op: 'write-log', ...burst }),
    logOf(runID, jobID) {
      core.catchUp();
      const { run, job } = ownerOf(jobID, core.state);
      const count = run.runID === runID && job.startedAt() !== undefined ? job.lineCount(core.state.now) : 0;
      return Array.from({ length: count }, (_, index) => `${lineText(job.line(index))}\n`).join('');
    },
    finishJob: (jobID, result) => order({ op: 'finish-job', jobID, result }),
    insertRuns(batch) {
      const before = core.state.runs.lastNumber();
      order({ op: 'insert-runs', ...batch });
      const [first] = core.state.runs.after(before);
      return { first: first?.runID ?? '', last: core.state.runs.byNumber(core.state.runs.lastNumber())?.runID ?? '' };
    },
    leaveHoles: (count) => order({ op: 'skip-run-numbers', count }),
    setRawStatus: (runID, status) => order({ op: 'raw-status', runID, status }),
    setQueueStatus: (queueName, status) => order({ op: 'queue-status', queueName, status }),
    putFile: (fsID, path, text) => order({ op: 'put-file', fsID, path, text }),
    calls: (since = 0) => callLog.since(since),
    clearCalls: () => callLog.clear(),
  };
}

const stateFaults = new Set(['stuck-terminating', 'lost-workflow', 'undecodable-run', 'nan-sample', 'database-down']);
const isStateFault = (fault: Fault): fault is StateFault => stateFaults.has(fault.kind);
