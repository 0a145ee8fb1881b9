import { createCallLog } from '../kit/call-log.ts';
import { closeServer as close, listen } from '../kit/http.ts';
import { claimFolder } from '../kit/instance.ts';
import { openJournal } from '../kit/journal.ts';
import { createWireFaults } from '../kit/wire-faults.ts';
import { createControl } from './control/control.ts';
import { createControlServer } from './control/server.ts';
import { startJobPush } from './job-push.ts';
import type { WireFaultKind } from './control/orders.ts';
import type { Entry } from './entry.ts';
import { openCore } from './open-core.ts';
import type { PaddleFlowSandbox, SandboxOptions } from './options.ts';
import { startDemoDriver } from './seed/driver.ts';
import { createApiServer } from './server.ts';

export type { CallRecord } from '../kit/call-log.ts';
export type { Control, SandboxReading } from './control/control.ts';
export type { LogBurst, RunBatch, StateFault, WireFault } from './control/orders.ts';
export { OrderError } from '../kit/order-error.ts';
export type { Instance } from '../kit/instance.ts';
export type { PaddleFlowSandbox, SandboxOptions } from './options.ts';

/** A fake PaddleFlow server. Throws when another one that lives holds the data folder, or a port is taken. */
export async function startPaddleFlowSandbox(options: SandboxOptions): Promise<PaddleFlowSandbox> {
  const { dataDir, host = '127.0.0.1' } = options;
  const claimed = dataDir === undefined ? undefined : await claimFolder(dataDir, 'sandbox.json');
  await using cleanup = new AsyncDisposableStack();
  const journal =
    dataDir === undefined ? undefined : cleanup.adopt(openJournal<Entry>(dataDir, 'paddleflow.jsonl'), (open) => open.close());
  const core = openCore(journal, options);
  const parts = { core, faults: createWireFaults<WireFaultKind>(), calls: createCallLog() };
  const closing = cleanup.adopt(new AbortController(), (controller) => controller.abort());
  const api = cleanup.adopt(createApiServer({ ...parts, closing: closing.signal }), close);
  cleanup.use(startJobPush(api, core));
  const url = await listen(api, options.port ?? 0, host);
  const control = createControl(core, parts.faults, parts.calls, () => url);
  const controlUrl = await listen(cleanup.adopt(createControlServer(control), close), options.controlPort ?? 0, '127.0.0.1');
  if (claimed !== undefined) cleanup.use(claimed({ url, controlUrl }));
  if (options.seed === 'demo' && options.clock === 'real') cleanup.use(startDemoDriver(core, options.demoEveryMs ?? 60_000));
  const kept = cleanup.move();
  const end = () => kept.disposeAsync();
  return { url, controlUrl, control, close: end, [Symbol.asyncDispose]: end };
}
