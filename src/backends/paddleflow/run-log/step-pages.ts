import type { PaddleFlowClient } from '../client/client.ts';
import { lookAgain } from '../client/look-again.ts';
import type { LogPageRead, PageOfLog } from './log-page.ts';

export interface TaskPage {
  readonly taskID: string;
  readonly page: LogPageRead;
}

/** Pages of one job, each asked once however many containers it has. */
export const createPagesOf =
  (client: PaddleFlowClient, signal: AbortSignal) =>
  ({ logRunId, jobId }: { readonly logRunId: string; readonly jobId: string }) => {
    const asked = new Map<string, Promise<readonly TaskPage[]>>();
    return (page: PageOfLog): Promise<readonly TaskPage[]> => {
      const key = Object.values(page).join();
      const answer = asked.get(key) ?? read(page);
      asked.set(key, answer);
      return answer;
    };
    async function read(page: PageOfLog): Promise<TaskPage[]> {
      const { runLog } = await lookAgain(() => client.runLog({ runID: logRunId, jobID: jobId, ...page }, signal), signal);
      return runLog
        .filter((job) => job.jobID === jobId)
        .flatMap(({ taskList }) => taskList)
        .map(({ taskID, logInfo: { logContent: content, hasNextPage, truncated } }) => ({
          taskID,
          page: { content, hasNextPage, truncated },
        }));
    }
  };
export type PagesOf = ReturnType<typeof createPagesOf>;
