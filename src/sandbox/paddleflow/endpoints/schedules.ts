import { parseCron } from '../schedule/cron.ts';
import { ScheduleMover } from '../schedule/mover.ts';
import type { RunRow, ScheduleOptions, ScheduleRow } from '../state/rows.ts';
import { statusOf } from '../state/runs.ts';
import type { State } from '../state/state.ts';
import { fileSystemOwner, isRoot, requireOwner } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { created, ok, okEmpty, param } from '../wire/call.ts';
import { ApiError } from '../wire/errors.ts';
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
        throw new ApiError('PipelineNotFound', `create schedule failed, pipeline[${pipelineID}] version[${versionID}]: record not found`);
      const fsOwner = fileSystemOwner(call.user, username);
      const workflow = refusing(() => parseWorkflow(version.yaml, { duplicateKeys: 'last-wins' }));
      requireFileSystems(state, fsOwner, workflow);
      const { startAt, endAt } = readTimes(request, state);
      const cron = parseCron(crontab, state.zone);
      if (cron === undefined) throw new ApiError('InvalidArguments', `crontab[${crontab}] is invalid`);
      requireOwner(call.user, pipeline.owner, 'pipeline', pipelineID, 'create schedule failed, ');
      if (state.schedules.find((row) => row.owner === call.user && row.name === name))
        throw new ApiError('DuplicatedName', `create schedule failed, user[${call.user}] already has schedule[${name}]`);
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
      return created({ scheduleID: schedule.scheduleID });
    },
  },
  {
    method: 'GET',
    path: '/schedule',
    handle(call, state) {
      const paging = readPaging(call.query, state.cipher);
      const filter = (name: string) => trimmedCsvFilter(call.query, name);
      const users = filter('userFilter');
      if (users !== undefined && !isRoot(call.user))
        throw new ApiError('AccessDenied', 'only root user can set userFilter to list schedule');
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
      const paging = readPaging(call.query, state.cipher);
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
      return okEmpty;
    },
  },
  {
    method: 'DELETE',
    path: '/schedule/:scheduleID',
    handle(call, state) {
      const schedule = require(call, 'delete', state);
      if (schedule.status === 'running')
        throw new ApiError('ActionNotAllowed', `delete schedule[${schedule.scheduleID}] failed, it is in status[running]`);
      state.schedules.delete(schedule);
      return okEmpty;
    },
  },
];

function readOptions({ concurrency = 0, concurrencyPolicy = '', expireInterval = 0, catchup = true }: ScheduleRequest): ScheduleOptions {
  const policy = (['suspend', 'replace', 'skip'] as const).find((word) => word === (concurrencyPolicy || 'suspend'));
  if (policy === undefined) throw new ApiError('InvalidArguments', `concurrencyPolicy[${concurrencyPolicy}] is not supported`);
  if (concurrency < 0) throw new ApiError('InvalidArguments', `concurrency[${concurrency}] should not be negative`);
  if (expireInterval < 0) throw new ApiError('InvalidArguments', `expireInterval[${expireInterval}] should not be negative`);
  return { catchup, expireInterval, concurrency, concurrencyPolicy: policy };
}

/** Strictly in the future, and in their order. */
function readTimes({ startTime = '', endTime = '' }: ScheduleRequest, state: State) {
  const read = (name: string, text: string): number | undefined => {
    const at = text === '' ? undefined : state.zone.parse(text);
    if (text !== '' && (at === undefined || at <= state.now))
      throw new ApiError('InvalidArguments', `${name}[${text}] should be YYYY-MM-DD hh:mm:ss and in the future`);
    return at;
  };
  const [startAt, endAt] = [read('startTime', startTime), read('endTime', endTime)];
  if (startAt !== undefined && endAt !== undefined && endAt <= startAt)
    throw new ApiError('InvalidArguments', `endTime[${endTime}] should be after startTime[${startTime}]`);
  return { startAt, endAt };
}

/** Who may not delete a schedule does not even learn that it is there; otherwise he does (2.11). */
function require(call: Call, verb: 'get' | 'stop' | 'delete', state: State): ScheduleRow {
  const id = param(call, 'scheduleID');
  const schedule = state.schedules.find(({ scheduleID }) => scheduleID === id);
  const hidden = verb === 'delete' && !isRoot(call.user) && schedule?.owner !== call.user;
  if (schedule === undefined || hidden) throw new ApiError('ScheduleNotFound', `${verb} schedule[${id}] failed, err: record not found`);
  requireOwner(call.user, schedule.owner, 'schedule', id, `${verb} schedule[${id}] failed, err: `);
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
