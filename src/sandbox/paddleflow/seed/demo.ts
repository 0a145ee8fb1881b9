import { keyOf } from '../wire/call.ts';
import type { Core, CoreCall } from '../core.ts';
import { asker, seedSetting } from './demo-setting.ts';
import type { Ask } from './demo-setting.ts';
import { seedSchedules } from './demo-schedules.ts';
import type { DemoPipeline } from './pipelines.ts';
import { cachingPipeline, demoPipelines } from './pipelines.ts';

const historyRuns = 40;

/**
 * What a team has left behind in three days, made through the API itself: accounts, clusters, queues, grants, file systems, pipelines with
 * versions, schedules, some forty runs that ended in every way, the last one (run-000201) badly, and three that go on right now (from run-000211). `core` stands at the first moment and ends at
 * `startAt`.
 */
export function seedDemo(core: Core, startAt: number): void {
  const begin = core.clock.now();
  const ask = asker(core);
  const goTo = (at: number) => core.clock.advance(Math.max(0, at - core.clock.now()));

  seedSetting(ask);
  goTo(begin + 60_000);
  const pipelineIDs = seedPipelines(core, ask);
  seedSchedules(core, ask, pipelineIDs);
  const step = Math.floor((startAt - begin - 600_000) / historyRuns);
  for (let index = 0; index < historyRuns; index += 1) {
    const at = begin + 120_000 + index * step;
    goTo(at);
    const runID = String(keyOf(core.call(demoCall(core, index)), 'runID'));
    const owner = demoPipelines[index % demoPipelines.length]?.owner ?? 'root';
    const act = (action: string, after: number) => {
      goTo(at + after);
      core.call({ user: owner, method: 'PUT', path: `/run/${runID}?action=${action}`, body: '' });
    };
    if (index % 9 === 4) act('stop', 6000);
    if (index % 12 === 2) act('retry', 300_000);
    if (index % 12 !== 6) continue;
    goTo(at + 60_000);
    ask('/run', { pipelineID: pipelineIDs.get(cachingPipeline.name), name: 'features-refresh' }, cachingPipeline.owner);
  }
  // At numbers that do not depend on how often the schedules have fired, so that examples can name them.
  const start = (number: number, index: number, before: number) => {
    goTo(startAt - before);
    core.catchUp(); // schedules may have fired meanwhile
    core.order({ op: 'skip-run-numbers', count: number - 1 - core.state.runs.lastNumber() });
    core.call(demoCall(core, index));
  };
  start(201, 2, 300_000);
  for (const [index, before] of [25_000, 12_000, 4000].entries()) start(211 + index * 10, index, before);
  goTo(startAt);
  core.catchUp();
}

/** Names of pipelines and their ids. The first one gets a second version, and lies in a file system as well. */
function seedPipelines(core: Core, ask: Ask): Map<string, string> {
  const make = ({ owner, desc, yaml }: DemoPipeline, path = '/pipeline') =>
    ask(path, { yamlRaw: toBase64(yaml), desc }, owner)['pipelineID'];
  const ids = new Map([...demoPipelines, cachingPipeline].map((pipeline) => [pipeline.name, String(make(pipeline))]));
  for (const first of demoPipelines.slice(0, 1)) {
    core.order({ op: 'put-file', fsID: 'fs-alice-scratch', path: 'run.yaml', text: first.yaml });
    make(first, `/pipeline/${ids.get(first.name)}`);
  }
  return ids;
}

const toBase64 = (text: string): string => Buffer.from(text).toString('base64');

/** The next run of the demo: pipelines and their owners by turns. */
export function demoCall(core: Core, turn = core.state.runs.lastNumber()): CoreCall {
  const index = turn % demoPipelines.length;
  const { owner, name } = demoPipelines[index] ?? { owner: 'root', name: 'demo' };
  const pipeline = core.state.pipelines.find((row) => row.owner === owner && row.name === name);
  const words = ['morning', 'hourly', 'manual', 'trial', 'backfill'];
  const body = {
    pipelineID: pipeline?.pipelineID ?? '',
    pipelineVersionID: '1',
    name: `${name}-${words[turn % words.length]}`,
    desc: turn % 3 === 0 ? 'started by hand' : '',
    ...(name === 'demo' ? { parameters: { rows: 1000 + (turn % 7) * 250 } } : {}),
    ...(name === 'train-flow' && turn % 8 === 5 ? { parameters: { 'preview.mode': 'quick' } } : {}),
  };
  return { user: owner, method: 'POST', path: '/run', body: JSON.stringify(body) };
}
