import { expect, test } from 'vitest';
import { toGlobalId } from '../../../support/bench.ts';
import { headersOf, startAccounts } from '../accounts.ts';
import { base64, upstreamUser } from '../upstream.ts';

const yamlOf = (name: string) => `name: ${name}\ndocker_env: busybox\nentry_points:\n  main: {command: echo}\n`;

test('who has signed in makes pipelines and schedules of their own, and PaddleFlow keeps them from those of others', async () => {
  await using bench = await startAccounts();
  const root = await upstreamUser(bench.sandbox('prod').url);
  await root.post('/pipeline', { yamlRaw: base64(yamlOf('roots')) });
  await root.post('/schedule', { name: 'roots', pipelineID: 'ppl-000001', pipelineVersionID: '1', crontab: '@daily' });
  const alice = await headersOf(bench, 'session:alice');
  const ask = async (name: string, input: object) => {
    const { data, errors } = await bench.run(name, { input }, alice);
    expect(errors).toBeUndefined();
    return data?.[`${name[0]?.toLowerCase()}${name.slice(1)}`];
  };

  const made = await ask('CreatePipeline', { source: 'prod', from: { yaml: yamlOf('hers') } });
  expect(made).toMatchObject({ __typename: 'CreatePipelinePayload', pipeline: { owner: { name: 'alice' } } });
  const pipelineVersionId = String(made?.version?.id);
  const schedule = await ask('CreateSchedule', { pipelineVersionId, name: 'hers', crontab: '@daily' });
  expect(schedule).toMatchObject({ __typename: 'CreateSchedulePayload', schedule: { status: 'RUNNING' } });
  const again = await ask('CreatePipelineVersion', { pipelineId: String(made?.pipeline?.id), from: { yaml: yamlOf('hers') } });
  expect(again).toMatchObject({ version: { version: '2' } });

  const { data } = await bench.query(
    '{ pipelines(source: "prod") { nodes { name } } schedules(source: "prod") { nodes { name owner { name } } } }',
    {},
    alice,
  );
  expect(data).toEqual({ pipelines: { nodes: [{ name: 'hers' }] }, schedules: { nodes: [{ name: 'hers', owner: { name: 'alice' } }] } });

  const others = { pipeline: toGlobalId('Pipeline', 'prod', 'ppl-000001'), schedule: toGlobalId('Schedule', 'prod', 'schedule-000001') };
  expect(
    await ask('CreatePipelineVersion', { pipelineId: others.pipeline, from: { yaml: yamlOf('roots') }, description: '' }),
  ).toMatchObject({ __typename: 'ForbiddenProblem' });
  expect(
    await ask('CreateSchedule', {
      pipelineVersionId: toGlobalId('PipelineVersion', 'prod', 'ppl-000001/1'),
      name: 'not_hers',
      crontab: '@daily',
    }),
  ).toMatchObject({ __typename: 'ForbiddenProblem' });
  expect(await ask('DeletePipeline', { id: others.pipeline })).toMatchObject({ __typename: 'ForbiddenProblem' });
  expect(await ask('StopSchedule', { id: others.schedule })).toMatchObject({ __typename: 'ForbiddenProblem' });
  for (const dryRun of [true, false])
    expect(await ask('DeleteSchedule', { id: others.schedule, dryRun })).toMatchObject({ __typename: 'NotFoundProblem' });
  const node = await bench.query('query ($id: ID!) { pipeline(id: $id) { name } }', { id: others.pipeline }, alice);
  expect(node).toEqual({ data: { pipeline: null } });

  const scheduleId = String(schedule?.schedule?.id);
  expect(await ask('StopSchedule', { id: scheduleId })).toMatchObject({ schedule: { status: 'STOPPED' } });
  expect(await ask('DeleteSchedule', { id: scheduleId })).toMatchObject({ deletedId: scheduleId });
  expect(await ask('DeletePipeline', { id: String(made?.pipeline?.id), dryRun: true })).toMatchObject({ affected: { scheduleIds: [] } });
  expect(await ask('DeletePipeline', { id: String(made?.pipeline?.id) })).toMatchObject({ __typename: 'DeletePipelinePayload' });
});
