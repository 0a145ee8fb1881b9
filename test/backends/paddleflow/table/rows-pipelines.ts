import { expect } from 'vitest';
import { happy, refused, type Row } from './row.ts';
import { id } from './world.ts';

const source = 'prod';
const yamlOf = (name: string, word = 'hello') => `name: ${name}\ndocker_env: busybox\nentry_points:\n  main: {command: echo ${word}}\n`;
const from = (yaml: string) => ({ yaml });
const pipeline = (key: string) => id('Pipeline', key);
const version = (key: string, number = '1') => id('PipelineVersion', `${key}/${number}`);
const broken = 'name: broken\nentry_points:\n  main:\n    comand: echo\n';

export const pipelineRows: readonly Row[] = [
  {
    call: 'create_pipeline / update_pipeline / list_pipeline / show_pipeline / delete_pipeline',
    async steps(world) {
      const kept = await world.pipeline(yamlOf('kept'));
      const free = await world.pipeline(yamlOf('free'));
      await world.make('/schedule', { name: 'keeps_it', pipelineID: kept, pipelineVersionID: '1', crontab: '0 2 * * *' });
      const long = 'x'.repeat(257);
      const path = { path: { fileSystemName: 'nowhere' } };
      return [
        happy('ValidatePipeline', 'PipelineValidation', { yaml: yamlOf('fine') }, { shows: { valid: true } }),
        happy(
          'ValidatePipeline',
          'PipelineValidation',
          { yaml: broken },
          { shows: { valid: false, issues: expect.arrayContaining([expect.objectContaining({ line: 4, severity: 'ERROR' })]) } },
        ),
        happy('CreatePipeline', 'CreatePipelinePayload', { source, from: from(yamlOf('made')), description: 'new' }),
        refused('DuplicatedName', 'CreatePipeline', 'ConflictProblem', { source, from: from(yamlOf('made')) }),
        refused('InvalidPipeline', 'CreatePipeline', 'InvalidInputProblem', { source, from: from(broken) }),
        refused('InvalidHTTPRequest for a long desc', 'CreatePipeline', 'InvalidInputProblem', {
          source,
          from: from(yamlOf('other')),
          description: long,
        }),
        refused('ReadYamlFileFailed', 'CreatePipeline', 'InvalidInputProblem', { source, from: path }),
        refused(
          'Decode base64',
          'CreatePipeline',
          'InvalidInputProblem',
          { source, from: from(yamlOf('other')) },
          {
            fault: { status: 400, code: 'Decode base64', path: '/pipeline$', method: 'POST' },
          },
        ),
        refused(
          'AccessDenied',
          'CreatePipeline',
          'ForbiddenProblem',
          { source, from: from(yamlOf('other')) },
          {
            fault: { status: 403, code: 'AccessDenied', path: '/pipeline$', method: 'POST' },
          },
        ),
        happy('CreatePipelineVersion', 'CreatePipelineVersionPayload', { pipelineId: pipeline(kept), from: from(yamlOf('kept', 'again')) }),
        refused('InvalidArguments for another name', 'CreatePipelineVersion', 'InvalidInputProblem', {
          pipelineId: pipeline(kept),
          from: from(yamlOf('other')),
        }),
        refused('PipelineNotFound', 'CreatePipelineVersion', 'NotFoundProblem', {
          pipelineId: pipeline('ppl-009999'),
          from: from(yamlOf('kept')),
        }),
        refused(
          'AccessDenied',
          'CreatePipelineVersion',
          'ForbiddenProblem',
          { pipelineId: pipeline(kept), from: from(yamlOf('kept', 'more')) },
          { as: 'alice' },
        ),
        happy('Pipelines', 'PipelineConnection', { source, first: 50 }),
        happy(
          'PipelineGraph',
          'Pipeline',
          { id: pipeline(kept) },
          { shows: { name: 'kept', versions: { nodes: [{ version: '1' }, { version: '2' }] } } },
        ),
        refused('PipelineNotFound', 'PipelineGraph', 'null', { id: pipeline('ppl-009999') }),
        refused('AccessDenied', 'PipelineGraph', 'null', { id: pipeline(kept) }, { as: 'alice' }),
        refused('ActionNotAllowed', 'DeletePipeline', 'ConflictProblem', { id: pipeline(kept) }),
        refused('AccessDenied', 'DeletePipeline', 'ForbiddenProblem', { id: pipeline(free) }, { as: 'alice' }),
        happy('DeletePipeline', 'DeletePipelinePayload', { id: pipeline(free) }),
        refused('PipelineNotFound', 'DeletePipeline', 'NotFoundProblem', { id: pipeline(free) }),
      ];
    },
  },
  {
    call: 'show_pipeline_version / delete_pipeline_version',
    async steps(world) {
      const key = await world.pipeline(yamlOf('versioned'));
      for (const word of ['two', 'three'])
        await world.make(`/pipeline/${key}`, { yamlRaw: Buffer.from(yamlOf('versioned', word)).toString('base64') });
      await world.make('/schedule', { name: 'keeps_one', pipelineID: key, pipelineVersionID: '1', crontab: '0 2 * * *' });
      const single = await world.pipeline(yamlOf('single'));
      return [
        happy(
          'PipelineVersionDetail',
          'Node',
          { id: version(key, '2') },
          { shows: { version: '2', graph: { nodes: [{ path: 'main' }] } } },
        ),
        refused('PipelineNotFound', 'PipelineVersionDetail', 'null', { id: version(key, '9') }),
        refused('AccessDenied', 'PipelineVersionDetail', 'null', { id: version(key, '2') }, { as: 'alice' }),
        refused('ActionNotAllowed for one in use', 'DeletePipelineVersion', 'ConflictProblem', { id: version(key, '1') }),
        refused('ActionNotAllowed for the last one', 'DeletePipelineVersion', 'ConflictProblem', { id: version(single) }),
        refused('AccessDenied', 'DeletePipelineVersion', 'ForbiddenProblem', { id: version(key, '3') }, { as: 'alice' }),
        happy('DeletePipelineVersion', 'DeletePipelineVersionPayload', { id: version(key, '3') }),
        refused('PipelineNotFound', 'DeletePipelineVersion', 'NotFoundProblem', { id: version(key, '3') }),
      ];
    },
  },
  {
    call: 'create_schedule / list_schedule / show_schedule / stop_schedule / delete_schedule',
    async steps(world) {
      const key = await world.pipeline(yamlOf('nightly'));
      const schedule = async (name: string, endTime = '') => {
        const body = { name, pipelineID: key, pipelineVersionID: '1', crontab: '0 2 * * *', endTime };
        return id('Schedule', String((await world.make('/schedule', body))['scheduleID']));
      };
      const running = await schedule('running');
      const inAnHour = world.control.read().now + 3_600_000;
      const zone = 8 * 3_600_000; // of the server: Shanghai
      const over = await schedule('over', new Date(inAnHour + zone).toISOString().slice(0, 19).replace('T', ' '));
      world.control.advance(2 * 3_600_000);
      const gone = id('Schedule', 'schedule-009999');
      const made = { pipelineVersionId: version(key), name: 'made', crontab: '0 2 * * *' };
      const other = { ...made, name: 'other' };
      return [
        happy('NextFireTimes', 'CrontabForecast', { source, crontab: '30 2 * * MON-FRI' }),
        happy('CreateSchedule', 'CreateSchedulePayload', made),
        refused('DuplicatedName', 'CreateSchedule', 'ConflictProblem', made),
        refused('InvalidNamePattern', 'CreateSchedule', 'InvalidInputProblem', { ...made, name: 'a-b' }),
        refused('InvalidArguments for desc', 'CreateSchedule', 'InvalidInputProblem', { ...other, description: 'x'.repeat(257) }),
        refused('InvalidArguments for options', 'CreateSchedule', 'InvalidInputProblem', { ...other, concurrency: -1 }),
        refused('InvalidArguments for the crontab', 'CreateSchedule', 'InvalidInputProblem', { ...other, crontab: '0 2 * *' }),
        refused('InvalidArguments for a time that is past', 'CreateSchedule', 'InvalidInputProblem', {
          ...other,
          startAt: '2020-01-01T00:00:00Z',
        }),
        refused('PipelineNotFound', 'CreateSchedule', 'NotFoundProblem', { ...other, pipelineVersionId: version(key, '9') }),
        refused('AccessDenied', 'CreateSchedule', 'ForbiddenProblem', other, { as: 'alice' }),
        happy('Schedules', 'ScheduleConnection', { source }),
        happy('ScheduleDetail', 'Schedule', { id: running }, { shows: { name: 'running', status: 'RUNNING' } }),
        refused('ScheduleNotFound', 'ScheduleDetail', 'null', { id: gone }),
        refused('AccessDenied', 'ScheduleDetail', 'null', { id: running }, { as: 'alice' }),
        refused('ActionNotAllowed while it runs', 'DeleteSchedule', 'ConflictProblem', { id: running }),
        refused('AccessDenied', 'StopSchedule', 'ForbiddenProblem', { id: running }, { as: 'alice' }),
        happy('StopSchedule', 'StopSchedulePayload', { id: running }),
        refused('ActionNotAllowed, as it was stopped', 'StopSchedule', 'StopSchedulePayload', { id: running }),
        refused('ActionNotAllowed, as it has ended', 'StopSchedule', 'ConflictProblem', { id: over }),
        refused('ScheduleNotFound', 'StopSchedule', 'NotFoundProblem', { id: gone }),
        refused('ScheduleNotFound for others', 'DeleteSchedule', 'NotFoundProblem', { id: running }, { as: 'alice' }),
        happy('DeleteSchedule', 'DeleteSchedulePayload', { id: running }),
        refused('ScheduleNotFound', 'DeleteSchedule', 'NotFoundProblem', { id: gone }),
      ];
    },
  },
];
