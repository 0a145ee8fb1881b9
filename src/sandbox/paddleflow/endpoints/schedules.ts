import { parseCron } from '../schedule/cron.ts';
import { ScheduleMover } from '../schedule/mover.ts';
import type { RunRow, ScheduleOptions, ScheduleRow } from '../state/rows.ts';
import { statusOf } from '../state/runs.ts';
import type { State } from '../state/state.ts';
import { fileSystemOwner, isRoot, requireOwner } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { created, ok, okEmpty, param } from '../wire/call.ts';
import { ApiError, noAccessText, notFoundText } from '../wire/errors.ts';
import type { Decoded } from '../wire/json.ts';
import { readBody } from '../wire/json.ts';
import { readPaging, takePage, trimmedCsvFilter } from '../wire/paging.ts';
import { parseWorkflow } from '../workflow/index.ts';
import { refusing, requireFileSystems } from './pipeline-source.ts';
import { findVersion } from './pipeline-versions.ts';
import { listView } from './runs.ts';

const shape = {
  name: 'string',
  desc: 'string',
  pipelineID: 'string',
  pipelineVersionID: 'string',
  crontab: 'string',
  startTime: 'string',
  endTime: 'string',
  concurrency: 'integer',
  concurrencyPolicy: 'string',
  expireInterval: 'integer',
  catchup: 'boolean',
  username: 'string',
} as const;
type ScheduleRequest = Decoded<typeof shape>;

const namePattern = '^[A-Za-z_][A-Za-z0-9_]{1,49}$';

/** Contract 2.11. */
export const schedules: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/schedule',
    handle(call, state) {
      const request = readBody(call.body, shape, 'invalid-http-request');
      const { name = '', desc = '', pipelineID = '', pipelineVersionID: versionID = '', crontab = '', username = '' } = request;
      if (!new RegExp(namePattern).test(name))
        throw new ApiError('InvalidNamePattern', `name[${name}] for [schedule] does not compile with regex rule[${namePattern}]`);
      if (Buffer.byteLength(desc) > 256) throw new ApiError('InvalidArguments', 'desc too long, should be less than 256');
      const options = readOptions(request);
      const pipeline = state.pipelines.find((row) => row.pipelineID === pipelineID);
      const version = findVersion(pipelineID, versionID, state);
      if (pipeline === undefined || version === undefined)
        throw new ApiError('PipelineNotFound', 'create schedule failed, get PipelineVersion error:[record not found]');
      const fsOwner = fileSystemOwner(call.user, username);
      const workflow = refusing(() => parseWorkflow(version.yaml, { duplicateKeys: 'last-wins' }));
      requireFileSystems(state, fsOwner, workflow, { prefix: 'create schedule failed, ' });
      const { startAt, endAt } = readTimes(request, state);
      const cron = parseCron(crontab, state.zone);
      if (typeof cron === 'string') throw new ApiError('InvalidArguments', `check crontab failed in creating schedule. error:${cron}`);
      requireOwner(call.user, pipeline.owner, 'pipeline', pipelineID, 'create schedule failed, ');
      if (state.schedules.find((row) => row.owner === call.user && row.name === name))
        throw new ApiError('DuplicatedName', `CreateSchedule failed: user[${call.user}] already has schedule with name[${name}]`);
      const number = state.schedules.takeNumber();
      const schedule = state.schedules.add({
        number,
        scheduleID: `schedule-${String(number).padStart(6, '0')}`,
        name,
        desc,
        owner: call.user,
        pipelineID,
        versionID,
        fsUser: fsOwner === call.user ? '' : fsOwner,
        fsIDs: workflow.fsNames.map((fsName) => `fs-${fsOwner}-${fsName}`),
        crontab,
        options,
        startAt,
        endAt,
        createdAt: state.now,
        updatedAt: state.now,
        nextRunAt: startAt === undefined ? cron.next(state.now) : cron.first(startAt),
        status: 'running',
        active: new Set(),
      });
      state.move(new ScheduleMover(schedule, cron, state));
      state.scheduler.tell();
      state.scheduler.look(schedule);
      return created({ scheduleID: schedule.scheduleID });
    },
  },
  {
    method: 'GET',
    path: '/schedule',
    handle(call, state) {
      const paging = readPaging(call.query, state.cipher, 'sentence');
      const filter = (name: string) => trimmedCsvFilter(call.query, name);
      const users = filter('userFilter');
      if (users !== undefined && !isRoot(call.user)) throw new ApiError('AccessDenied', 'only root user can set userFilter!');
      const [pipelines, versions, ids] = ['pplFilter', 'pplVersionFilter', 'scheduleFilter'].map(filter);
      const [names, statuses] = ['nameFilter', 'statusFilter'].map(filter);
      const wanted = (row: ScheduleRow) =>
        (isRoot(call.user) ? (users?.has(row.owner) ?? true) : row.owner === call.user) &&
        (pipelines?.has(row.pipelineID) ?? true) &&
        (versions?.has(row.versionID) ?? true) &&
        (ids?.has(row.scheduleID) ?? true) &&
        (names?.has(row.name) ?? true) &&
        (statuses?.has(row.status) ?? true);
      const { rows, envelope } = takePage(state.schedules, paging, state.cipher, 'exact', wanted);
      return ok({ ...envelope, scheduleList: rows.map((row) => view(row, state)) });
    },
  },
  {
    method: 'GET',
    path: '/schedule/:scheduleID',
    handle(call, state) {
      const paging = readPaging(call.query, state.cipher, 'sentence');
      const schedule = require(call, 'get', state);
      const [ids, statuses] = ['runFilter', 'statusFilter'].map((name) => trimmedCsvFilter(call.query, name));
      const wanted = (run: RunRow) =>
        run.scheduleID === schedule.scheduleID && (ids?.has(run.runID) ?? true) && (statuses?.has(statusOf(run, state.now)) ?? true);
      const { rows, envelope } = takePage(state.runs, paging, state.cipher, 'misleading', wanted);
      return ok({ ...view(schedule, state), runs: { ...envelope, runList: rows.map((run) => listView(run, state)) } });
    },
  },
  {
    method: 'PUT',
    path: '/schedule/:scheduleID',
    handle(call, state) {
      const schedule = require(call, 'stop', state);
      if (schedule.status !== 'running')
        throw new ApiError('ActionNotAllowed', `stop schedule[${schedule.scheduleID}] failed, already in status[${schedule.status}]`);
      schedule.status = 'terminated';
      schedule.updatedAt = state.now;
      state.scheduler.tell();
      return okEmpty;
    },
  },
  {
    method: 'DELETE',
    path: '/schedule/:scheduleID',
    handle(call, state) {
      const schedule = require(call, 'delete', state);
      if (schedule.status === 'running')
        throw new ApiError(
          'ActionNotAllowed',
          `delete schedule[${schedule.scheduleID}] in status[running] failed. only schedules in final status: [success failed terminated] can be deleted`,
        );
      state.schedules.delete(schedule);
      state.scheduler.tell();
      return okEmpty;
    },
  },
];

const refuse = (text: string): never => {
  throw new ApiError('InvalidArguments', `create schedule failed, ${text}`);
};

function readOptions({ concurrency = 0, concurrencyPolicy = '', expireInterval = 0, catchup = true }: ScheduleRequest): ScheduleOptions {
  if (concurrency < 0) refuse('err:[concurrency should not be negative]');
  const policy =
    (['suspend', 'replace', 'skip'] as const).find((word) => word === (concurrencyPolicy || 'suspend')) ??
    refuse(`err:[concurrency policy[${concurrencyPolicy}] not supported]`);
  if (expireInterval < 0) refuse('err:[expire interval should not be negative]');
  return { catchup, expireInterval, concurrency, concurrencyPolicy: policy };
}

/** Strictly in the future, and in their order. */
function readTimes({ startTime = '', endTime = '' }: ScheduleRequest, { zone, now }: State) {
  const read = (name: string, text: string): number | undefined => {
    if (text === '') return undefined;
    const at = zone.parse(text) ?? refuse(`${name}[${text}] format not correct, should be YYYY-MM-DD hh:mm:ss`);
    if (at <= now) refuse(`${name}[${text}] not after currentTime[${zone.local(now)}]`);
    return at;
  };
  const [startAt, endAt] = [read('starttime', startTime), read('endtime', endTime)];
  if (startAt !== undefined && endAt !== undefined && endAt <= startAt) refuse(`endtime[${endTime}] not after startTime[${startTime}]`);
  return { startAt, endAt };
}

/** Who may not delete a schedule is told that it is not there, and in the same breath why (2.11). */
function require(call: Call, verb: 'get' | 'stop' | 'delete', state: State): ScheduleRow {
  const id = param(call, 'scheduleID');
  const prefix = `${verb} schedule[${id}] failed. ${verb === 'get' ? 'err:' : ''}`;
  const schedule = state.schedules.find(({ scheduleID }) => scheduleID === id);
  if (schedule === undefined) throw new ApiError('ScheduleNotFound', `${prefix}${notFoundText('schedule', id)}`);
  if (verb === 'delete' && !isRoot(call.user) && schedule.owner !== call.user)
    throw new ApiError('ScheduleNotFound', `${prefix}${noAccessText(call.user, 'schedule', id)}`);
  requireOwner(call.user, schedule.owner, 'schedule', id, prefix);
  return schedule;
}

const view = (schedule: ScheduleRow, { zone }: State) => ({
  scheduleID: schedule.scheduleID,
  name: schedule.name,
  desc: schedule.desc,
  pipelineID: schedule.pipelineID,
  pipelineVersionID: schedule.versionID,
  username: schedule.owner,
  fsConfig: { username: schedule.fsUser },
  crontab: schedule.crontab,
  options: schedule.options,
  startTime: zone.local(schedule.startAt),
  endTime: zone.local(schedule.endAt),
  createTime: zone.local(schedule.createdAt),
  updateTime: zone.local(schedule.updatedAt),
  nextRunTime: zone.local(schedule.nextRunAt),
  scheduleMsg: '',
  status: schedule.status,
});
