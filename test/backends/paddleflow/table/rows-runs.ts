import { expect } from 'vitest';
import { leaving } from '../leavings.ts';
import { happy, refused, type Row } from './row.ts';
import { id, type World } from './world.ts';

const source = 'prod';
const quick = (name: string) => `name: ${name}\ndocker_env: busybox\nentry_points:\n  main: {command: echo quick}\n`;
const slow = 'name: slow\ndocker_env: busybox\nentry_points:\n  main: {command: sleep 86400}\n';
const failing = 'name: failing\ndocker_env: busybox\nentry_points:\n  main: {command: exit 1}\n';
const run = (key: string) => id('Run', key);
const gone = run('run-009999');
const faultOf = (method: string, path: string) => (status: number, code: string) => ({ fault: { status, code, path, method } });
const [createFault, changeFault, deleteFault] = [faultOf('POST', '/run$'), faultOf('PUT', '/run/run-'), faultOf('DELETE', '/run/run-')];

/** Two equal runs of root's, of which the second takes over from the first. */
async function leavings(world: World, fs: string) {
  await world.make('/fs', { name: fs, url: `local://mnt/${fs}`, username: 'root' });
  const first = await world.startRun(leaving(fs, fs));
  world.control.advance(600_000);
  const second = await world.startRun(leaving(fs, fs));
  world.control.advance(600_000);
  await world.mirrored();
  const { runCacheList } = (await world.root.get(`/runCache?fsFilter=${fs}`)).body as unknown as { runCacheList: { cacheID: string }[] };
  return { first, second, cache: id('RunCache', runCacheList[0]?.cacheID ?? '') };
}

export const runRows: readonly Row[] = [
  {
    call: 'create_run',
    async steps(world) {
      const mine = await world.pipeline(quick('mine'));
      await world.make('/fs', { name: 'flows', url: 'local://mnt/flows', username: 'root' });
      await world.make('/fs', { name: 'private', url: 'local://mnt/private' }, world.alice);
      world.control.putFile('fs-root-flows', 'a/run.yaml', quick('from_a_path'));
      const yaml = { source, from: { yaml: quick('by_hand') } };
      const from = (key: string, version = '1') => ({ source, from: { pipeline: { id: id('Pipeline', key), version } } });
      const path = (file: string) => ({ source, from: { path: { fileSystemName: 'flows', path: file } } });

      return [
        happy('CreateRun', 'CreateRunPayload', { ...yaml, disabled: [], failureStrategy: 'CONTINUE', idempotencyKey: 'once' }),
        happy('CreateRun', 'CreateRunPayload', from(mine)),
        happy('CreateRun', 'CreateRunPayload', path('a/run.yaml')),
        refused('InvalidPipeline', 'CreateRun', 'InvalidInputProblem', {
          source,
          from: { yaml: 'name: x\nentry_points: {}\nnonsense: 1' },
        }),
        refused('MalformedYaml', 'CreateRun', 'InvalidInputProblem', yaml, createFault(400, 'MalformedYaml')),
        refused('PipelineNotFound', 'CreateRun', 'NotFoundProblem', from('ppl-009999')),
        refused('PipelineNotFound for a version', 'CreateRun', 'NotFoundProblem', from(mine, '9')),
        refused('AccessDenied', 'CreateRun', 'ForbiddenProblem', from(mine), { as: 'alice' }),
        refused('InvalidArguments for the file system', 'CreateRun', 'InvalidInputProblem', { ...yaml, fileSystemName: 'nowhere' }),
        refused('ReadYamlFileFailed', 'CreateRun', 'InvalidInputProblem', path('nope.yaml')),
        refused('InvalidNamePattern', 'CreateRun', 'InvalidInputProblem', { ...yaml, name: '1x' }),
        refused('AuthIllegalUser', 'CreateRun', 'ForbiddenProblem', yaml, createFault(400, 'AuthIllegalUser')),
        refused('InternalError', 'CreateRun', 'UpstreamRejectedProblem', yaml, createFault(500, 'InternalError')),
        refused('500 without a code', 'CreateRun', 'UnconfirmedProblem', yaml, createFault(500, '')),
      ];
    },
  },
  {
    call: 'list_run / show_run',
    async steps(world) {
      const { first, second } = await leavings(world, 'listed');
      return [
        happy('NewestRuns', 'RunConnection', { first: 5 }),
        happy('RunDetail', 'Run', { id: run(first) }, { shows: { runId: first, state: 'SUCCEEDED' } }),
        happy('RunWorkflow', 'Run', { id: run(first) }, { shows: { yaml: leaving('listed', 'listed') } }),
        happy('RunLeavings', 'Run', { id: run(first) }, { shows: { cachedRuns: [{ runId: second }] } }),
        happy('FollowRun', 'RunChange', { id: run(first) }),
        happy('FollowRuns', 'RunChange', { filter: { sources: [source] } }, { meanwhile: () => world.startRun(quick('news')) }),
        refused('RunNotFound', 'RunDetail', 'null', { id: gone }),
        refused('AccessDenied', 'RunDetail', 'null', { id: run(first) }, { as: 'alice' }),
      ];
    },
  },
  {
    call: 'stop_run / retry_run / delete_run',
    async steps(world) {
      const { first } = await leavings(world, 'deleted');
      const [good, bad, working, stuck, lost] = [
        await world.startRun(quick('good')),
        await world.startRun(failing),
        await world.startRun(slow),
        await world.startRun(slow),
        await world.startRun(slow),
      ];
      world.control.advance(60_000);
      await world.mirrored();

      return [
        happy('StopRun', 'StopRunPayload', { id: run(working) }),
        refused('ActionNotAllowed', 'StopRun', 'ConflictProblem', { id: run(good) }),
        refused(
          'InternalError, its workflow is lost',
          'StopRun',
          'UpstreamRejectedProblem',
          { id: run(lost) },
          changeFault(500, 'InternalError'),
        ),
        refused('RunNotFound', 'StopRun', 'NotFoundProblem', { id: gone }),
        refused('AccessDenied', 'StopRun', 'ForbiddenProblem', { id: run(stuck) }, { as: 'alice' }),
        refused('nobody stops it', 'UnblockRun', 'ConflictProblem', { id: run(lost) }),
        happy('StopRun', 'StopRunPayload', { id: run(stuck) }),
        happy('UnblockRun', 'UnblockRunPayload', { id: run(stuck) }),
        refused('RunNotFound', 'UnblockRun', 'NotFoundProblem', { id: gone }),
        happy('RetryRun', 'RetryRunPayload', { id: run(bad) }),
        refused('ActionNotAllowed', 'RetryRun', 'ConflictProblem', { id: run(good) }),
        refused('RunNotFound', 'RetryRun', 'NotFoundProblem', { id: gone }),
        refused('InternalError', 'RetryRun', 'UpstreamRejectedProblem', { id: run(bad) }, changeFault(500, 'InternalError')),
        refused('AccessDenied', 'RetryRun', 'ForbiddenProblem', { id: run(bad) }, { as: 'alice' }),
        refused('ActionNotAllowed while it runs', 'DeleteRun', 'ConflictProblem', { id: run(lost) }),
        refused('ActionNotAllowed while its cache is used', 'DeleteRun', 'ConflictProblem', { id: run(first) }),
        refused('InternalError', 'DeleteRun', 'UpstreamRejectedProblem', { id: run(good) }, deleteFault(500, 'InternalError')),
        refused('AccessDenied', 'DeleteRun', 'ForbiddenProblem', { id: run(good) }, { as: 'alice' }),
        happy('DeleteRun', 'DeleteRunPayload', { id: run(good) }),
        refused('RunNotFound', 'DeleteRun', 'NotFoundProblem', { id: gone }),
      ];
    },
  },
  {
    call: 'list_cache / show_cache / delete_cache',
    async steps(world) {
      const { cache } = await leavings(world, 'cached');
      const missing = id('RunCache', 'cch-009999');
      return [
        happy('RunCaches', 'RunCacheConnection', { source }),
        happy('RunCache', 'RunCache', { id: cache }, { shows: { fileSystemName: 'cached' } }),
        refused('RunCacheNotFound', 'RunCache', 'null', { id: missing }),
        refused('AccessDenied', 'RunCache', 'null', { id: cache }, { as: 'bobby' }),
        refused('AccessDenied', 'DeleteRunCache', 'ForbiddenProblem', { id: cache }, { as: 'bobby' }),
        happy('DeleteRunCache', 'DeleteRunCachePayload', { id: cache }),
        refused('RunCacheNotFound', 'DeleteRunCache', 'NotFoundProblem', { id: cache }),
      ];
    },
  },
  {
    call: 'list_artifact',
    async steps(world) {
      const { first } = await leavings(world, 'kept');
      const filter = { directions: ['OUTPUT'], runIds: [run(first)] };
      return [
        happy('Artifacts', 'ArtifactConnection', { source, filter }, { shows: { nodes: [{ name: 'clean' }] } }),
        happy('Artifacts', 'ArtifactConnection', { source, filter }, { as: 'bobby', shows: { nodes: [] } }),
        refused('a name with a comma', 'Artifacts', 'BAD_USER_INPUT', { source, filter: { fileSystemNames: ['a,b'] } }),
        refused(
          '500',
          'Artifacts',
          'UPSTREAM_UNAVAILABLE',
          { source, filter },
          { fault: { status: 500, code: 'InternalError', path: '/artifact' } },
        ),
        happy(
          'RunLeavings',
          'Run',
          { id: run(first) },
          { shows: { artifacts: expect.arrayContaining([expect.objectContaining({ name: 'clean' })]) } },
        ),
      ];
    },
  },
];
