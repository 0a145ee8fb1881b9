import type { Server } from 'node:http';
import { createControlServer as createKitServer, type ControlRoute } from '../../kit/control-server.ts';
import type { Control } from './control.ts';
import type { LogBurst, RunBatch, StateFault, WireFault } from './orders.ts';

/** What can be ordered here beside what every sandbox can. */
const routes: readonly ControlRoute<Control>[] = [
  // A WireFault or a StateFault, see orders.ts
  ['POST', /^\/faults$/, (control, { body }) => control.orderFault(body as WireFault & StateFault)],
  // A LogBurst
  ['POST', /^\/logs$/, (control, { body }) => control.writeLog(body as LogBurst)],
  ['GET', /^\/logs\/([^/]+)\/([^/]+)$/, (control, { params: [runID = '', jobID = ''] }) => control.logOf(runID, jobID)],
  // {result: succeeded|failed}
  [
    'POST',
    /^\/jobs\/([^/]+)\/finish$/,
    (control, { params: [jobID = ''], body }) => control.finishJob(jobID, (body as { result: 'succeeded' | 'failed' }).result),
  ],
  // A RunBatch, or {holes} alone
  ['POST', /^\/rows$/, (control, { body }) => insertRows(control, body as Partial<RunBatch>)],
  // {status: any word or null}
  [
    'POST',
    /^\/runs\/([^/]+)\/raw-status$/,
    (control, { params: [runID = ''], body }) => control.setRawStatus(runID, (body as { status: string | null }).status),
  ],
  [
    'POST',
    /^\/queues\/([^/]+)\/status$/,
    (control, { params: [name = ''], body }) => control.setQueueStatus(name, (body as { status: string }).status),
  ],
  // {fsID, path, text}
  [
    'POST',
    /^\/files$/,
    (control, { body }) => {
      const { fsID, path, text } = body as { fsID: string; path: string; text: string };
      control.putFile(fsID, path, text);
    },
  ],
];

export const createControlServer = (control: Control): Server => createKitServer(control, routes);

function insertRows(control: Control, { count, ...batch }: Partial<RunBatch>): unknown {
  if (count !== undefined) return control.insertRuns({ count, ...batch });
  control.leaveHoles(batch.holes ?? 0);
  return undefined;
}
