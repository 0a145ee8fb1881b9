import { createApiServer } from '../kit/api-server.ts';
import { createCallLog } from '../kit/call-log.ts';
import { closeServer, listen } from '../kit/http.ts';
import { claimFolder } from '../kit/instance.ts';
import { openJournal } from '../kit/journal.ts';
import { createWireFaults, type CommonFaultKind } from '../kit/wire-faults.ts';
import { createControl, createControlServer } from './control.ts';
import type { Entry } from './entry.ts';
import type { DataStorySandbox, DataStorySandboxOptions } from './options.ts';
import { Platform } from './platform.ts';
import { createReplies, orderedError } from './reply.ts';
import { seedDemo, startDemoDriver } from './seed.ts';

export type { Control } from './control.ts';
export type { DataStorySandbox, DataStorySandboxOptions, SandboxAlgorithm } from './options.ts';
export { parseSwitches, type Switches } from './switches.ts';

/** A fake DataStory platform. Throws when another one that lives holds the data folder, or a port is taken. */
export async function startDataStorySandbox(options: DataStorySandboxOptions): Promise<DataStorySandbox> {
  const { dataDir, host = '127.0.0.1', token = 'datastory-token' } = options;
  const claimed = dataDir === undefined ? undefined : await claimFolder(dataDir, 'datastory.json');
  await using cleanup = new AsyncDisposableStack();
  const journal = dataDir === undefined ? undefined : cleanup.adopt(openJournal<Entry>(dataDir, 'datastory.jsonl'), (open) => open.close());
  const platform = new Platform(options, journal);
  if (options.seed === 'demo' && !platform.resumed) seedDemo(platform);
  const faults = createWireFaults();
  const calls = createCallLog();
  const closing = cleanup.adopt(new AbortController(), (controller) => controller.abort());
  const api = createApiServer<CommonFaultKind>({
    reply: createReplies(platform, token),
    errorReply: orderedError,
    faults,
    calls,
    now: () => platform.clock.now(),
    requestIdHeader: 'x-request-id',
    closing: closing.signal,
  });
  const url = await listen(cleanup.adopt(api, closeServer), options.port ?? 0, host);
  const control = createControl(platform, faults, calls);
  const controlUrl = await listen(cleanup.adopt(createControlServer(control), closeServer), options.controlPort ?? 0, '127.0.0.1');
  if (claimed !== undefined) cleanup.use(claimed({ url, controlUrl }));
  if (options.seed === 'demo' && options.clock === 'real') cleanup.use(startDemoDriver(platform, options.demoEveryMs ?? 60_000));
  const kept = cleanup.move();
  const end = () => kept.disposeAsync();
  return { url, controlUrl, control, token, close: end, [Symbol.asyncDispose]: end };
}
