import type { Viewer } from '../../../auth/viewer.ts';
import type { Database } from '../../../db/database.ts';
import { keyOf } from '../../../core/key.ts';
import type { WireSchedule } from '../wire/wire.ts';
import type { SourceHandle } from '../source/handle.ts';
import { wholeList } from '../client/whole-list.ts';
import { createPipelineSource } from './source.ts';

/**
 * Keys of the schedules that still fire, and whose workflow `uses` what is to be deleted. One list, and one call for each pipeline of which a version
 * was never seen; a version that this viewer is not shown counts as using nothing.
 */
export async function schedulesUsing(
  db: Database,
  handle: SourceHandle,
  viewer: Viewer,
  uses: (yaml: string) => boolean,
  isMeant: (schedule: WireSchedule) => boolean = () => true,
): Promise<string[]> {
  const all = await wholeList({
    source: handle.name,
    page: ({ marker, limit }) => handle.reader.listSchedules({ statusFilter: ['running'], marker, maxKeys: limit }),
  });
  const running = all.filter(isMeant).map(({ scheduleID, pipelineID, pipelineVersionID }) => {
    return { id: scheduleID, version: `${pipelineID}/${pipelineVersionID}` };
  });
  const versions = await createPipelineSource(db, handle, viewer).versionsByIds([...new Set(running.map(({ version }) => version))]);
  const using = new Set(versions.filter(({ yaml }) => uses(yaml)).map(({ pipelineId, versionId }) => `${pipelineId}/${versionId}`));
  return running.filter(({ version }) => using.has(version)).map(({ id }) => keyOf(handle.name, id));
}
