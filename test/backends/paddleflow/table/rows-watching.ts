import { expect } from 'vitest';
import { happy, refused, type Row } from './row.ts';
import { id, type World } from './world.ts';

const source = 'prod';
const yaml = 'name: watched\ndocker_env: busybox\nentry_points:\n  main:\n    command: echo line 1; sleep 300\n';

const fault = (status: number, code: string) => ({ fault: { status, code, path: '/statistics/' } });

/** A run that works, and of which the pod is there. */
async function working(world: World) {
  const key = await world.startRun(yaml);
  world.control.advance(60_000);
  await world.mirrored();
  return { run: id('Run', key), step: id('Step', `${key}/main`) };
}

export const watchingRows: readonly Row[] = [
  {
    call: 'show_log',
    async steps(world) {
      const { run, step } = await working(world);
      const [noRun, noStep] = [id('Run', 'run-009999'), id('Step', 'run-009999/main')];
      return [
        happy('RunLog', 'Run', { id: run }, { shows: { log: { gaps: expect.any(Array) } } }),
        happy('StepLog', 'Node', { id: step }, { shows: { path: 'main', log: { nodes: expect.any(Array) } } }),
        happy('FollowRunLog', 'LogLines', { id: run }),
        happy('FollowStepLog', 'LogLines', { id: step }),
        refused('RunNotFound', 'RunLog', 'null', { id: noRun }),
        refused('RunNotFound', 'StepLog', 'null', { id: noStep }),
        refused('RunNotFound', 'FollowRunLog', 'BAD_USER_INPUT', { id: noRun }),
        refused('AccessDenied', 'RunLog', 'null', { id: run }, { as: 'alice' }),
        refused('AccessDenied', 'FollowRunLog', 'BAD_USER_INPUT', { id: run }, { as: 'alice' }),
        refused('a page that is too long', 'RunLog', 'BAD_USER_INPUT', { id: run, first: 100_000 }),
      ];
    },
  },
  {
    call: 'get_statistics / get_statistics_detail',
    async steps(world) {
      const { run, step } = await working(world);
      const none = { shows: { statisticsSeries: null } };
      return [
        happy('StepStatistics', 'Run', { id: run }, { shows: { steps: [{ statistics: { cpuPercent: expect.any(Number) } }] } }),
        happy('StepStatisticsSeries', 'Node', { id: step }, { shows: { statisticsSeries: { gap: null, tasks: [{}] } } }),
        refused('InvalidURI for a step of 0', 'StepStatisticsSeries', 'BAD_USER_INPUT', { id: step, stepSeconds: 0 }),
        refused('InvalidURI for a start alone', 'StepStatisticsSeries', 'BAD_USER_INPUT', { id: step, start: '2024-03-05T02:00:00Z' }),
        refused('JobNotFound', 'StepStatisticsSeries', 'Node', { id: step, stepSeconds: 61 }, { ...none, ...fault(404, 'JobNotFound') }),
        refused('AccessDenied', 'StepStatisticsSeries', 'FORBIDDEN', { id: step, stepSeconds: 62 }, fault(403, 'AccessDenied')),
        refused(
          'InternalError',
          'StepStatisticsSeries',
          'UPSTREAM_UNAVAILABLE',
          { id: step, stepSeconds: 64 },
          fault(500, 'InternalError'),
        ),
        refused('AccessDenied', 'StepStatisticsSeries', 'null', { id: step }, { as: 'alice' }),
      ];
    },
  },
  {
    call: 'server version',
    steps: () => [
      happy(
        'Sources',
        'Source',
        {},
        { shows: expect.arrayContaining([expect.objectContaining({ name: source, version: expect.any(String) })]) },
      ),
    ],
  },
];
