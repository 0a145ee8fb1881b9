import { maxKeysParameter, segment } from '../wire/validate.ts';
import { WireJob, WireJobIds } from '../wire/wire.ts';
import { anything, explained, meaning, type PaddleFlowHttp } from './calls.ts';

/** From these nothing changes any more (4.2). */
const final: ReadonlySet<string> = new Set(['succeeded', 'failed', 'terminated', 'cancelled', 'skipped', 'preempted']);

export function jobCalls(http: PaddleFlowHttp) {
  /** `JobNotFound`; somebody else's: `ActionNotAllowed`. */
  const getJob = async (jobID: string, signal?: AbortSignal): Promise<WireJob> =>
    http.send({ call: 'getJob', path: `/job/${segment(jobID)}`, signal }, WireJob);

  return {
    getJob,

    /**
     * Ids of the newest jobs, newest first, at most 1000: the pages of this list cannot be turned (2.15). Jobs outlive their runs (2.7).
     */
    async listJobIds({ maxKeys }: { maxKeys: number }, signal?: AbortSignal): Promise<string[]> {
      const query = { maxKeys: maxKeysParameter(maxKeys) };
      const { items } = await http.send({ call: 'listJobs', path: '/job', query, signal }, WireJobIds);
      return items.map(({ id }) => id);
    },

    /**
     * Also while it is `terminating`, where it is the remedy for a run that is stuck: the deletion of the pod is tried anew (4.1).
     * `ActionNotAllowed` where it has ended already, which the server calls an unclassified error (2.15): then the job is read.
     */
    async stopJob(jobID: string): Promise<void> {
      const stopping = http.send({ call: 'stopJob', method: 'PUT', path: `/job/${segment(jobID)}`, query: { action: 'stop' } }, anything);
      await explained([''], stopping, async (refusal) => {
        const { status } = await getJob(jobID);
        return final.has(status) ? meaning(refusal, 'ActionNotAllowed', 'the job has ended already') : undefined;
      });
    },
  };
}
