import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a file in the data folder says of the sandbox that uses it, so that whoever needs one can find one that still lives. */
export interface Instance {
  readonly pid: number;
  readonly url: string;
  readonly controlUrl: string;
  /** Wall time, ISO 8601. */
  readonly startedAt: string;
}

/**
 * Takes a data folder for one system. `name` is that of the file, such as `sandbox.json`. Throws when a sandbox that lives holds it: its process
 * exists and its control port answers with the same number.
 */
export async function claimFolder(dataDir: string, name: string): Promise<(urls: Pick<Instance, 'url' | 'controlUrl'>) => Disposable> {
  const path = join(dataDir, name);
  const other = await findLive(path);
  if (other !== undefined) throw new Error(`the sandbox with pid ${other.pid} at ${other.url} already uses ${dataDir}`);
  return (urls) => {
    const instance: Instance = { pid: process.pid, ...urls, startedAt: new Date().toISOString() };
    writeFileSync(`${path}.new`, `${JSON.stringify(instance)}\n`);
    renameSync(`${path}.new`, path);
    return { [Symbol.dispose]: () => rmSync(path, { force: true }) };
  };
}

async function findLive(path: string): Promise<Instance | undefined> {
  let instance: Instance;
  try {
    instance = JSON.parse(readFileSync(path, 'utf8')) as Instance;
    process.kill(instance.pid, 0);
  } catch {
    return undefined; // no file, a torn one, or a process that has ended
  }
  try {
    // A number may have been given to another process since.
    const response = await fetch(`${instance.controlUrl}/state`, { signal: AbortSignal.timeout(2000) });
    const { pid } = (await response.json()) as { pid?: number };
    return pid === instance.pid ? instance : undefined;
  } catch {
    return undefined;
  }
}
