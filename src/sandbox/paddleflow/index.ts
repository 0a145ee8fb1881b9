import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCallLog } from './call-log.ts';
import { createControl } from './control/control.ts';
import { createControlServer } from './control/server.ts';
import { findLiveInstance, removeInstance, writeInstance } from './instance.ts';
import { startJobPush } from './job-push.ts';
import { openJournal } from './journal.ts';
import { openCore } from './open-core.ts';
import type { PaddleFlowSandbox, SandboxOptions } from './options.ts';
import { startDemoDriver } from './seed/driver.ts';
import { createApiServer } from './server.ts';
import { createWireFaults } from './wire-faults.ts';

export type { CallRecord } from './call-log.ts';
export type { Control, SandboxReading } from './control/control.ts';
export type { LogBurst, RunBatch, StateFault, WireFault } from './control/orders.ts';
export { OrderError } from './control/orders.ts';
export type { Instance } from './instance.ts';
export type { PaddleFlowSandbox, SandboxOptions } from './options.ts';

/** A fake PaddleFlow server. Throws when another one that lives holds the data folder, or a port is taken. */
export async function startPaddleFlowSandbox(options: SandboxOptions): Promise<PaddleFlowSandbox> {
  const { dataDir, host = '127.0.0.1' } = options;
  const other = dataDir === undefined ? undefined : await findLiveInstance(dataDir);
  if (other !== undefined) throw new Error(`the sandbox with pid ${other.pid} at ${other.url} already uses ${dataDir}`);
  await using cleanup = new AsyncDisposableStack();
  const journal = dataDir === undefined ? undefined : cleanup.adopt(openJournal(dataDir), (open) => open.close());
  const core = openCore(journal, options);
  const parts = { core, faults: createWireFaults(), calls: createCallLog() };
  const closing = cleanup.adopt(new AbortController(), (controller) => controller.abort());
  const api = cleanup.adopt(createApiServer({ ...parts, closing: closing.signal }), close);
  cleanup.use(startJobPush(api, core));
  const url = await listen(api, options.port ?? 0, host);
  const control = createControl(core, parts.faults, parts.calls, () => url);
  const controlUrl = await listen(cleanup.adopt(createControlServer(control), close), options.controlPort ?? 0, '127.0.0.1');
  if (dataDir !== undefined) {
    writeInstance(dataDir, { pid: process.pid, url, controlUrl, startedAt: new Date().toISOString() });
    cleanup.defer(() => removeInstance(dataDir));
  }
  if (options.seed === 'demo' && options.clock === 'real') cleanup.use(startDemoDriver(core, options.demoEveryMs ?? 60_000));
  const kept = cleanup.move();
  const end = () => kept.disposeAsync();
  return { url, controlUrl, control, close: end, [Symbol.asyncDispose]: end };
}

async function listen(server: Server, port: number, host: string): Promise<string> {
  server.listen(port, host);
  await once(server, 'listening'); // throws on `error`
  const { address, port: taken } = server.address() as AddressInfo; // a TCP server that listens
  const reachable = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${taken}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => void server.close(resolve)); // also when it never listened
  server.closeAllConnections();
  await closed;
}
