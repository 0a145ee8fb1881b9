import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface RunningProcess {
  /** Program and arguments. From `ps`, which loses the borders between arguments, it is one string. */
  command: string[];
  /** Leads to its working folder, as long as it runs; undefined where the system has no such link. */
  workingFolder: string | undefined;
}

/**
 * What runs under this pid now; undefined when nothing does. A number from a file may long belong to another program, and a
 * zombie does nothing any more although signals reach it: below an init that collects no orphans it would stay for ever.
 */
export async function inspectProcess(pid: number): Promise<RunningProcess | undefined> {
  return process.platform === 'linux' ? inspectByProc(pid) : inspectByPs(pid);
}

async function inspectByProc(pid: number): Promise<RunningProcess | undefined> {
  try {
    // The name in parentheses may itself hold parentheses and spaces: the state follows the last one.
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const state = stat.charAt(stat.lastIndexOf(')') + 2);
    if (state === 'Z' || state === 'X') return undefined;
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').slice(0, -1);
    if (command.length === 0) return undefined; // it has given its memory back already: on its way out, and not a zombie yet
    return { command, workingFolder: `/proc/${pid}/cwd` };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

async function inspectByPs(pid: number): Promise<RunningProcess | undefined> {
  // Exit status 1 and no output: no such process.
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'stat=,command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  const [, state, command] = /^\s*(\S+)\s+(.*)$/m.exec(stdout) ?? [];
  if (state === undefined || command === undefined || state.startsWith('Z')) return undefined;
  return { command: [command], workingFolder: undefined };
}

/** ESRCH: it ended between opening and reading its file. */
const isGone = (error: unknown) => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
