import { logPageParameters, segment } from '../wire/validate.ts';
import { WireRunLog } from '../wire/wire.ts';
import type { PaddleFlowHttp } from './calls.ts';

export interface RunLogQuery {
  readonly runID: string;
  /** Absent: all jobs of the run, at the price of one Kubernetes read per container (8.2). */
  readonly jobID?: string | undefined;
  /** From 1, counted from `position`; applies to every task separately. */
  readonly pageNo: number;
  /** 1 to 100 lines. */
  readonly pageSize: number;
  /** `end`: page 1 is the newest. Only 5000 lines from the end and 500,000 bytes from the beginning can be reached (2.13). */
  readonly position: 'begin' | 'end';
}

export const logCalls = (http: PaddleFlowHttp) => ({
  /** Copied live from Kubernetes: nothing is left once the pod is collected. Steps carried over by a retry are found under the old run (2.13). */
  runLog: async ({ runID, jobID, pageNo, pageSize, position }: RunLogQuery, signal?: AbortSignal): Promise<WireRunLog> =>
    http.send(
      {
        call: 'runLog',
        path: `/log/run/${segment(runID)}`,
        query: { jobID, ...logPageParameters(pageNo, pageSize), logFilePosition: position },
        slow: true,
        signal,
      },
      WireRunLog,
    ),
});
