import { base64 } from '../upstream.ts';
import type { Bring } from './cases.ts';
import { id, workflow, type World } from './world.ts';

const source = 'prod';
const ended = ({ control }: World, status: string) => control.insertRuns({ count: 1, owner: 'alice', status }).first;
const versionOf = (pipeline: string, version = '1') => id('PipelineVersion', `${pipeline}/${version}`);

async function schedule({ alice, make, pipeline }: World, n: number, { stopped = false } = {}): Promise<string> {
  const hers = await alice();
  const pipelineID = await pipeline(`p${n}`);
  const body = { name: `s${n}`, pipelineID, pipelineVersionID: '1', crontab: '0 2 * * *' };
  const made = String((await make(hers, '/schedule', body))['scheduleID']);
  if (stopped) await make(hers, `/schedule/${made}`, {}, 'PUT');
  return made;
}
/** A workflow in a file of bobby's. */
function fileOfBobby({ control }: World, name: string) {
  control.putFile('fs-bobby-theirs', `${name}.yaml`, workflow(name));
  return { from: { path: { fileSystemName: 'theirs', path: `${name}.yaml` } }, fileSystemOwnerName: 'bobby' };
}

/** Runs, and what they are made from. */
export const work: Readonly<Record<string, Bring>> = {
  "createRun of one's own": (_world, n) => ({ input: { source, from: { yaml: workflow(`r${n}`) } }, write: 'POST /run' }),
  'createRun of a pipeline of alice': async ({ pipeline }, n) => ({
    input: { source, from: { pipeline: { id: id('Pipeline', await pipeline(`p${n}`)), version: '1' } } },
    write: 'POST /run',
  }),
  async stopRun(world, n) {
    const run = await world.startRun(workflow(`r${n}`));
    return { input: { id: id('Run', run) }, write: `PUT /run/${run}?action=stop` };
  },
  retryRun(world) {
    const run = ended(world, 'failed');
    return { input: { id: id('Run', run) }, write: `PUT /run/${run}?action=retry` };
  },
  async unblockRun({ alice, control, make, startRun }, n) {
    const run = await startRun(workflow(`r${n}`));
    control.advance(5000); // its job begins
    const hers = await alice();
    await make(hers, `/run/${run}?action=stop`, {}, 'PUT');
    const { runtime } = (await hers.get(`/run/${run}`)).body; // while the clock stands still the job is not at its end
    return { input: { id: id('Run', run) }, write: `PUT /job/${runtime['main']?.[0]?.jobID}?action=stop` };
  },
  deleteRun(world) {
    const run = ended(world, 'succeeded');
    return { input: { id: id('Run', run) }, write: `DELETE /run/${run}` };
  },
  async deleteRunCache({ alice, control, startRun }, n) {
    const run = await startRun(
      workflow(`r${n}`, 'fs_options: {main_fs: {name: hers}}\ncache: {enable: true}\n').replace('sleep 86400', `echo ${n}`),
    );
    control.advance(60_000);
    const { runCacheList } = (await (await alice()).get(`/runCache?runFilter=${run}`)).body as unknown as {
      runCacheList: { cacheID: string }[];
    };
    const cache = String(runCacheList[0]?.cacheID);
    return { input: { id: id('RunCache', cache) }, write: `DELETE /runCache/${cache}` };
  },

  "createPipeline of one's own": (_world, n) => ({ input: { source, from: { yaml: workflow(`p${n}`) } }, write: 'POST /pipeline' }),
  'createPipeline with a file of bobby': (world, n) => ({ input: { source, ...fileOfBobby(world, `p${n}`) }, write: 'POST /pipeline' }),
  async createPipelineVersion({ pipeline }, n) {
    const made = await pipeline(`p${n}`);
    // With a description nothing needs to be read first.
    return {
      input: { pipelineId: id('Pipeline', made), from: { yaml: workflow(`p${n}`) }, description: 'x' },
      write: `POST /pipeline/${made}`,
    };
  },
  async 'createPipelineVersion with a file of bobby'(world, n) {
    const made = await world.pipeline(`p${n}`);
    return {
      input: { pipelineId: id('Pipeline', made), ...fileOfBobby(world, `p${n}`), description: 'x' },
      write: `POST /pipeline/${made}`,
    };
  },
  async deletePipeline({ pipeline }, n) {
    const made = await pipeline(`p${n}`);
    return { input: { id: id('Pipeline', made) }, write: `DELETE /pipeline/${made}` };
  },
  async deletePipelineVersion({ alice, make, pipeline }, n) {
    const made = await pipeline(`p${n}`);
    await make(await alice(), `/pipeline/${made}`, { yamlRaw: base64(workflow(`p${n}`)) });
    return { input: { id: versionOf(made, '2') }, write: `DELETE /pipeline/${made}/2` };
  },

  'createSchedule of a pipeline of alice': async ({ pipeline }, n) => ({
    input: { pipelineVersionId: versionOf(await pipeline(`p${n}`)), name: `s${n}`, crontab: '@daily' },
    write: 'POST /schedule',
  }),
  'createSchedule with file systems of bobby': async ({ pipeline }, n) => ({
    input: { pipelineVersionId: versionOf(await pipeline(`p${n}`)), name: `s${n}`, crontab: '@daily', fileSystemOwnerName: 'bobby' },
    write: 'POST /schedule',
  }),
  async stopSchedule(world, n) {
    const made = await schedule(world, n);
    return { input: { id: id('Schedule', made) }, write: `PUT /schedule/${made}` };
  },
  async deleteSchedule(world, n) {
    const made = await schedule(world, n, { stopped: true });
    return { input: { id: id('Schedule', made) }, write: `DELETE /schedule/${made}` };
  },
};
