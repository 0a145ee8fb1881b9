import { eq } from 'drizzle-orm';
import type { Viewer } from '../../../auth/viewer.ts';
import type { Database } from '../../../db/database.ts';
import { paddleflowRuns } from '../tables.ts';
import { splitKey } from '../../../core/key.ts';
import type { CreateScheduleBody } from '../client/schedules.ts';
import { formatServerTime, parseServerTime } from '../../../core/server-time.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import { deletion, noEffects, unfinishedRuns, type Deletion, type DeletionOptions } from '../deletion/deletion.ts';
import { namingFields } from '../../../problem/input-fields.ts';
import { keyed } from '../../../execution/intent/keyed.ts';
import type { Intents } from '../../../execution/intent/intents.ts';
import { isUnlistedOn, namedOn } from '../named.ts';
import { wholeList } from '../client/whole-list.ts';
import { enforceOwnership, enforceRole, hideOthers } from '../permission.ts';
import {
  ConflictProblem,
  ForbiddenProblem,
  InvalidInputProblem,
  NotFoundProblem,
  problemOf,
  UnconfirmedProblem,
} from '../../../problem/problem.ts';
import { refuseDeadlyVersion } from '../pipeline/refuse-deadly.ts';
import { readBack } from '../../../problem/read-back.ts';
import { accountOf } from '../source/account.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { requireHandle } from '../source/require.ts';
import { CrontabError } from './crontab/crontab.ts';
import { deadlyInCrontab } from '../client/deadly-input.ts';
import type { WireSchedule } from '../wire/wire.ts';
import { scheduleFromWire, type Schedule } from './model.ts';
import { readSchedule } from './source.ts';

/** A schedule to make; its times are moments. */
export type NewSchedule = Omit<CreateScheduleBody, 'startTime' | 'endTime'> & {
  readonly startAt?: Date | undefined;
  readonly endAt?: Date | undefined;
};

export interface ScheduleWriter {
  create(source: string, schedule: NewSchedule, options?: { readonly idempotencyKey?: string | undefined }): Promise<Schedule>;
  stop(key: string): Promise<Schedule>;
  delete(key: string, options: DeletionOptions): Promise<Deletion>;
}

/** Where the graph's input has what the backend names. */
const fields = {
  desc: 'description',
  pipelineID: 'pipelineVersionId',
  pipelineVersionID: 'pipelineVersionId',
  expireInterval: 'expireAfterSeconds',
  startTime: 'startAt',
  endTime: 'endAt',
  InvalidNamePattern: 'name',
};

/**
 * What is left of `InvalidArguments` after our own checks are times that are not in the future, and file systems of the YAML. The server goes by its
 * own clock, which decides; ours only tells which of the two it will have been.
 */
function pastField({ startAt, endAt }: Pick<NewSchedule, 'startAt' | 'endAt'>): Record<string, string> {
  const now = new Date();
  if (startAt && startAt <= now) return { InvalidArguments: 'startAt' };
  return endAt && endAt <= now ? { InvalidArguments: 'endAt' } : {};
}

const isAsAsked = (wire: WireSchedule, body: CreateScheduleBody): boolean =>
  wire.pipelineID === body.pipelineID && wire.pipelineVersionID === body.pipelineVersionID && wire.crontab === body.crontab;

const read = (handle: SourceHandle, id: string) => readSchedule(handle, id);

export interface ScheduleWriterOptions {
  readonly db: Database;
  readonly handles: SourceHandles;
  readonly viewer: Viewer;
  readonly attempt: Attempt;
  readonly intents: Intents;
}

/** Writes each sent once. All throw a `Problem` that the client can act on, or an outage. */
export function createScheduleWriter({ db, handles, viewer, attempt, intents }: ScheduleWriterOptions): ScheduleWriter {
  /** The schedule, which must be there and this viewer's. `hidden`: who may not is told that there is none (contract 2.11). */
  async function owned(handle: SourceHandle, id: string, { hidden }: { hidden: boolean }): Promise<Schedule> {
    const missing = new NotFoundProblem(`There is no schedule ${id}`);
    const schedule = await readSchedule(handle, id).catch((error: unknown) => {
      const problem = problemOf(error, id);
      throw hidden && problem instanceof ForbiddenProblem ? missing : problem;
    });
    if (schedule === undefined) throw missing;
    if (hidden) hideOthers(handle, viewer, schedule.owner, `schedule ${id}`);
    enforceOwnership(handle, viewer, schedule.owner, id);
    return schedule;
  }
  const mustAsk = ({ actsAs }: SourceHandle) => actsAs === 'service' && viewer.owner !== undefined;

  /** Names are unique per user (contract 2.11). */
  const bearing = (handle: SourceHandle, name: string) => (wire: WireSchedule) =>
    wire.username === accountOf(handle, viewer) && wire.name === name;

  async function findByName(handle: SourceHandle, name: string): Promise<WireSchedule | undefined> {
    const { items } = await handle.reader.listSchedules({ nameFilter: [name], maxKeys: 100 });
    return items.find(bearing(handle, name));
  }

  /** After a lost answer: one of the name that is in every way as asked for is what was meant, whoever made it. */
  async function madeByName(handle: SourceHandle, body: CreateScheduleBody): Promise<Schedule | undefined> {
    const made = await findByName(handle, body.name);
    const isIt = made !== undefined && isAsAsked(made, body) && made.status === 'running';
    return isIt ? scheduleFromWire(handle.name, handle.timeZone, made, handle.readTime) : undefined;
  }

  const maker = (handle: SourceHandle, body: CreateScheduleBody, names: Readonly<Record<string, string>>) =>
    namedOn(
      handle,
      {
        kind: 'schedule',
        find: async () => (await findByName(handle, body.name))?.scheduleID,
        isAsAsked: async () => {
          const found = await findByName(handle, body.name);
          return found !== undefined && isAsAsked(found, body);
        },
        isAbsent: () =>
          isUnlistedOn(
            handle,
            () => wholeList({ source: handle.name, page: ({ marker, limit }) => handle.reader.listSchedules({ marker, maxKeys: limit }) }),
            bearing(handle, body.name),
          ),
        send: (deadline) => namingFields(names, body.name, () => handle.client.createSchedule(body, { deadline })),
      },
      { slow: true },
    );

  async function send(handle: SourceHandle, body: CreateScheduleBody): Promise<Schedule> {
    try {
      const id = await handle.client.createSchedule(body);
      return await readBack(id, () => read(handle, id));
    } catch (error) {
      const problem = problemOf(error, body.name);
      if (problem !== error && problem instanceof UnconfirmedProblem) {
        const made = await madeByName(handle, body).catch(() => undefined);
        if (made) return made;
        throw new UnconfirmedProblem(
          `${body.name}: the answer was lost. It may be repeated: if it has been made, that is a ConflictProblem.`,
        );
      }
      throw error;
    }
  }

  return {
    create: (source, { startAt, endAt, ...schedule }, { idempotencyKey } = {}) =>
      attempt(
        'createSchedule',
        source,
        async () => {
          const handle = requireHandle(handles, source);
          enforceRole(handle, viewer, 'operator', 'create schedules under the service account');
          requireCrontab(schedule.crontab, handle.timeZone);
          if (/login$/i.test(schedule.name)) throw new InvalidInputProblem('must not end in "login"', 'name');
          if (startAt && endAt && endAt <= startAt) throw new InvalidInputProblem('must be after startAt', 'endAt');
          const startTime = startAt && serverTimeOf('startAt', startAt, handle.timeZone);
          const endTime = endAt && serverTimeOf('endAt', endAt, handle.timeZone);
          await refuseDeadlyVersion(db, handle, viewer, { ...schedule, field: 'pipelineVersionId' });
          const names = { ...fields, ...pastField({ startAt, endAt }) };
          const body = { ...schedule, startTime, endTime };
          if (idempotencyKey === undefined) return namingFields(names, schedule.name, () => send(handle, body));
          const making = maker(handle, body, names);
          return keyed(intents, { idempotencyKey, input: body, maker: making, read: (id) => read(handle, id) });
        },
        ({ key }) => key,
      ),

    /** Stopping what is stopped is no mistake: the state counts, not who was first. */
    stop: (key) =>
      attempt('stopSchedule', key, async () => {
        const { source, id } = splitKey(key);
        const handle = requireHandle(handles, source);
        if (mustAsk(handle)) await owned(handle, id, { hidden: false });
        try {
          await handle.client.stopSchedule(id);
        } catch (error) {
          const problem = problemOf(error, id);
          const now = problem instanceof ConflictProblem ? await read(handle, id).catch(() => undefined) : undefined;
          if (now?.state === 'STOPPED') return now;
          throw problem;
        }
        return readBack(id, () => read(handle, id));
      }),

    delete(key, options) {
      const { source, id } = splitKey(key);
      return deletion(attempt, 'deleteSchedule', key, options, {
        effects: async () => {
          const handle = requireHandle(handles, source);
          const schedule = await owned(handle, id, { hidden: true });
          if (schedule.state === 'RUNNING') throw new ConflictProblem(`${id} is still running: stop it first`);
          return { ...noEffects, runs: await unfinishedRuns(db, source, eq(paddleflowRuns.scheduleId, id)) };
        },
        work: async () => {
          const handle = requireHandle(handles, source);
          if (mustAsk(handle)) await owned(handle, id, { hidden: true });
          await handle.client.deleteSchedule(id);
        },
      });
    },
  };
}

function requireCrontab(text: string, zone: string): void {
  try {
    const deadly = deadlyInCrontab(text, zone, new Date());
    if (deadly !== undefined) throw new InvalidInputProblem(deadly, 'crontab');
  } catch (error) {
    throw error instanceof CrontabError ? new InvalidInputProblem(error.message, 'crontab') : error;
  }
}

/** The backend takes times by its own clock, without a zone (contract 4.7). */
function serverTimeOf(field: string, at: Date, zone: string): string {
  const text = formatServerTime(at, zone);
  const time = parseServerTime(text, zone);
  if (time && time.earlier.getTime() !== time.later.getTime())
    throw new InvalidInputProblem(
      `is in the hour that the clock of ${zone} shows twice, so the backend could not tell which is meant`,
      field,
    );
  return text;
}
