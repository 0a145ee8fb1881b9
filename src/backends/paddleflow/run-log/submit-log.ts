import { inParallel } from '../../../core/in-parallel.ts';
import type { PaddleFlowClient } from '../client/client.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { stepsOf, type RunDetail } from '../run/detail.ts';
import type { Run } from '../run/model.ts';
import type { SourceHandles } from '../source/handle.ts';

/** Milliseconds: each answer costs the backend a read of every container of the run (contract 8.2). */
const keptMs = 15_000;
/** Jobs of one run that are asked for by themselves, and how many of them at a time. */
const mostJobs = 100;
const jobsAtATime = 4;

/** The run is there, and the backend will never tell what it wrote about it. */
export class SubmitLogUnreadableError extends Error {
  override name = 'SubmitLogUnreadableError';
  readonly extensions: { readonly code: 'SUBMIT_LOG_UNREADABLE'; readonly source: string };
  constructor(source: string) {
    super(`${source} fails over the log of this run: its queues have been deleted, or the cluster cannot be read`);
    this.extensions = { code: 'SUBMIT_LOG_UNREADABLE', source };
  }
}

/** What PaddleFlow itself wrote while it ran a run: kept by the server for some hours only, so it is asked there. */
export const createSubmitLogSource = (handles: SourceHandles, signal?: AbortSignal) => ({
  /** `detailOf` is asked for only where the run cannot be read as a whole. Throws a `SubmitLogUnreadableError` or an outage. */
  async of({ source, runId }: Run, detailOf: () => Promise<RunDetail | null>): Promise<string | null> {
    const handle = handles.get(source);
    if (handle === undefined) return null;
    const key = JSON.stringify([handle.identity, 'submit-log', runId]);
    const kept = await handle.kept.readAll<string | null | typeof unreadable>([key], keptMs, signal, async (_missing, flight) => {
      const whole = await readLog(handle.client, runId, undefined, flight);
      return new Map([[key, whole === unreadable ? await readJobs(handle.client, runId, await detailOf(), flight) : whole]]);
    });
    const text = kept.get(key)?.value ?? null;
    if (text === unreadable) throw new SubmitLogUnreadableError(source);
    return text;
  },
});
export type SubmitLogSource = ReturnType<typeof createSubmitLogSource>;

const unreadable = Symbol('unreadable');

/** Null: forgotten, or gone. Unreadable: the failure without a code, by which steps on several clusters and deleted queues show (contract 2.13). */
async function readLog(client: PaddleFlowClient, runID: string, jobID: string | undefined, signal: AbortSignal) {
  try {
    const { submitLog } = await client.runLog({ runID, jobID, pageNo: 1, pageSize: 1, position: 'end' }, signal);
    return submitLog || null;
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'RunNotFound') return null;
    if (error instanceof UpstreamError && error.status === 500 && error.code === '') return unreadable;
    throw error;
  }
}

/** The lines of each job, in the order in which they began, as they stand behind the run's own where it can be read as a whole. */
async function readJobs(client: PaddleFlowClient, runId: string, detail: RunDetail | null, signal: AbortSignal) {
  const own = (detail ? stepsOf(detail) : []).filter(({ jobId }) => jobId.startsWith(`job-${runId}-`));
  const jobIds = own.toSorted((one, other) => (one.startedAt ?? '').localeCompare(other.startedAt ?? '')).map(({ jobId }) => jobId);
  const texts = new Map<string, string | null>();
  await inParallel(jobIds.slice(0, mostJobs), jobsAtATime, async (jobId) => {
    const text = await readLog(client, runId, jobId, signal);
    if (text !== unreadable) texts.set(jobId, text);
  });
  if (texts.size === 0) return unreadable;
  return jobIds.map((jobId) => texts.get(jobId) ?? '').join('') || null;
}
