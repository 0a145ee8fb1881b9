import type { SourceHandles } from '../source/handle.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import { outageOf } from '../problem.ts';
import type { Run } from '../run/model.ts';

/** What PaddleFlow itself wrote while it ran a run: kept by the server for some hours only, so it is asked there. */
export const createSubmitLogSource = (handles: SourceHandles, signal?: AbortSignal) => ({
  async of({ source, runId }: Run): Promise<string | null> {
    try {
      const log = await handles.get(source)?.client.runLog({ runID: runId, pageNo: 1, pageSize: 1, position: 'end' }, signal);
      const text = log?.submitLog ?? '';
      // The text of a server that has forgotten it (contract 2.13).
      return text === '' || text.startsWith('get trace log failed.') ? null : text;
    } catch (error) {
      if (error instanceof UpstreamError && error.code === 'RunNotFound') return null;
      throw outageOf(error);
    }
  },
});
export type SubmitLogSource = ReturnType<typeof createSubmitLogSource>;
