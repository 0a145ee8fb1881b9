import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `sandbox.json` in the data folder says, so that whoever needs a sandbox can find one that still lives. */
export interface Instance {
  readonly pid: number;
  readonly url: string;
  readonly controlUrl: string;
  /** Wall time, ISO 8601. */
  readonly startedAt: string;
}

const pathOf = (dataDir: string): string => join(dataDir, 'sandbox.json');

/** The sandbox that holds this folder, if it lives: its process exists and its control port answers with the same number. */
export async function findLiveInstance(dataDir: string): Promise<Instance | undefined> {
  let instance: Instance;
  try {
    instance = JSON.parse(readFileSync(pathOf(dataDir), 'utf8')) as Instance;
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

export function writeInstance(dataDir: string, instance: Instance): void {
  const path = pathOf(dataDir);
  writeFileSync(`${path}.new`, `${JSON.stringify(instance)}\n`);
  renameSync(`${path}.new`, path);
}

export const removeInstance = (dataDir: string): void => rmSync(pathOf(dataDir), { force: true });
