import type { Server } from 'node:http';
import type { CallLog } from '../kit/call-log.ts';
import { createControlServer as createKitServer, type CommonControl } from '../kit/control-server.ts';
import { OrderError } from '../kit/order-error.ts';
import type { WireFault, WireFaults } from '../kit/wire-faults.ts';
import { defaultSwitches, type Switches } from './options.ts';
import type { Mail, Platform } from './platform.ts';
import type { Task } from './task.ts';

export interface Control extends CommonControl {
  orderFault(fault: WireFault): void;
  /** What has been submitted, oldest first, secrets excepted. */
  tasks(): Task[];
  /** What the platform would have written to whom. */
  mails(): Mail[];
  /** Whoever runs the platform cancels a task now. */
  cancelTask(id: number): void;
  /** Any word in place of the task's status. */
  setRawStatus(id: number, status: string): void;
  setSwitches(change: Partial<Switches>): void;
}

export function createControl(platform: Platform, faults: WireFaults, callLog: CallLog): Control {
  const change = (id: number, what: Parameters<Platform['change']>[1]) => {
    if (platform.change(id, what) === undefined) throw new OrderError(404, `no task ${id}`);
  };
  return {
    read: () => ({ now: platform.clock.now(), ...platform.clock.reading, pid: process.pid }),
    advance: (milliseconds) => platform.advance(milliseconds),
    setClock: (reading) => platform.setClock({ ...platform.clock.reading, ...reading }),
    orderFault: (fault) => faults.order(fault),
    clearFaults: () => faults.clear(),
    tasks: () => platform.tasks(),
    mails: () => platform.mails(),
    cancelTask: (id) => change(id, { cancelledAt: platform.clock.now() }),
    setRawStatus: (id, rawStatus) => change(id, { rawStatus }),
    setSwitches(wanted) {
      const unknown = Object.keys(wanted).find((name) => !(name in defaultSwitches));
      if (unknown !== undefined) throw new OrderError(400, `no switch ${unknown}; there are ${Object.keys(defaultSwitches).join(', ')}`);
      platform.setSwitches(wanted);
    },
    calls: (since = 0) => callLog.since(since),
    clearCalls: () => callLog.clear(),
  };
}

/** Bodies come from whoever drives the sandbox. */
export const createControlServer = (control: Control): Server =>
  createKitServer(control, [
    ['POST', /^\/faults$/, (to, { body }) => to.orderFault(body as WireFault)],
    ['GET', /^\/tasks$/, (of) => ({ tasks: of.tasks() })],
    ['GET', /^\/mails$/, (of) => ({ mails: of.mails() })],
    ['POST', /^\/tasks\/(\d+)\/cancel$/, (to, { params: [id] }) => to.cancelTask(Number(id))],
    // {status: any word}
    [
      'POST',
      /^\/tasks\/(\d+)\/raw-status$/,
      (to, { params: [id], body }) => to.setRawStatus(Number(id), (body as { status: string }).status),
    ],
    // Some of the Switches, see options.ts
    ['POST', /^\/switches$/, (to, { body }) => to.setSwitches(body as Partial<Switches>)],
  ]);
