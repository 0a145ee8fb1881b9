import type { Server } from 'node:http';
import type { CallLog } from '../kit/call-log.ts';
import { createControlServer as createKitServer, type CommonControl } from '../kit/control-server.ts';
import { OrderError } from '../kit/order-error.ts';
import type { WireFault, WireFaults } from '../kit/wire-faults.ts';
import type { Pace } from './options.ts';
import type { Mail, Platform, ResultFile } from './platform.ts';
import { checkSwitches, type Switches } from './switches.ts';
import type { Task } from './task.ts';

export interface Control extends CommonControl {
  orderFault(fault: WireFault): void;
  /** What has been submitted, oldest first, secrets excepted. */
  tasks(): Task[];
  /** What the platform would have written to whom. */
  mails(): Mail[];
  /** What lies in the output folders of tasks that ended well: the platform itself gives out no file. */
  results(): ResultFile[];
  /** Whoever runs the platform cancels a task now. */
  cancelTask(id: number): void;
  /** Any word in place of the task's status. */
  setRawStatus(id: number, status: string): void;
  /** The platform no longer knows the task. */
  forgetTask(id: number): void;
  switches(): Switches;
  setSwitches(change: Partial<Switches>): void;
  /** Of tasks that are submitted from now on. */
  setPace(change: Partial<Pace>): void;
}

export function createControl(platform: Platform, faults: WireFaults, callLog: CallLog): Control {
  return {
    read: () => ({ now: platform.clock.now(), ...platform.clock.reading, pid: process.pid }),
    advance: (milliseconds) => platform.advance(milliseconds),
    setClock: (reading) => platform.setClock({ ...platform.clock.reading, ...reading }),
    orderFault: (fault) => faults.order(fault),
    clearFaults: () => faults.clear(),
    tasks: () => platform.tasks(),
    mails: () => platform.mails(),
    results: () => platform.results(),
    cancelTask: (id) => requireTask(id, platform.change(id, { cancelledAt: platform.clock.now() })),
    setRawStatus: (id, rawStatus) => requireTask(id, platform.change(id, { rawStatus })),
    forgetTask: (id) => requireTask(id, platform.forget(id)),
    switches: () => platform.switches,
    setSwitches: (wanted) => platform.setSwitches(checkSwitches(wanted)),
    setPace(change) {
      if (!Object.values(change).every((ms) => Number.isInteger(ms) && ms >= 0))
        throw new OrderError(400, 'toRunning and toFinished are numbers of milliseconds, not below 0');
      platform.setPace(change);
    },
    calls: (since = 0) => callLog.since(since),
    clearCalls: () => callLog.clear(),
  };
}

function requireTask(id: number, task: Task | undefined): void {
  if (task === undefined) throw new OrderError(404, `no task ${id}`);
}

/** Bodies come from whoever drives the sandbox. */
export const createControlServer = (control: Control): Server =>
  createKitServer(control, [
    ['POST', /^\/faults$/, (to, { body }) => to.orderFault(body as WireFault)],
    ['GET', /^\/tasks$/, (of) => ({ tasks: of.tasks() })],
    ['GET', /^\/mails$/, (of) => ({ mails: of.mails() })],
    ['GET', /^\/results$/, (of) => ({ results: of.results() })],
    ['POST', /^\/tasks\/(\d+)\/cancel$/, (to, { params: [id] }) => to.cancelTask(Number(id))],
    ['DELETE', /^\/tasks\/(\d+)$/, (to, { params: [id] }) => to.forgetTask(Number(id))],
    // {status: any word}
    [
      'POST',
      /^\/tasks\/(\d+)\/raw-status$/,
      (to, { params: [id], body }) => to.setRawStatus(Number(id), (body as { status: string }).status),
    ],
    // Some of the Switches, see switches.ts
    ['GET', /^\/switches$/, (of) => of.switches()],
    ['POST', /^\/switches$/, (to, { body }) => to.setSwitches(body as Partial<Switches>)],
    // {toRunning, toFinished}, either or both
    ['POST', /^\/pace$/, (to, { body }) => to.setPace(body as Partial<Pace>)],
  ]);
