import type { MarkerPage } from '../../../core/page.ts';
import { InvalidCallError, UpstreamError } from '../../../upstream/errors.ts';
import { countParameter, csvParameter, describing, present, segment, timeParameter } from '../wire/validate.ts';
import { checkCrontab } from './refuse-deadly.ts';
import { WireCreatedSchedule, type WireSchedule, WireScheduleDetail, WireSchedulePage } from '../wire/wire.ts';
import { anything, hasCode, type PageQuery, type PaddleFlowHttp, pageQuery, type Until } from './calls.ts';

export interface CreateScheduleBody {
  /** A letter or `_`, then 1 to 49 letters, digits and `_`. Unique per user. */
  readonly name: string;
  /** At most 256 bytes. */
  readonly desc?: string | undefined;
  readonly pipelineID: string;
  readonly pipelineVersionID: string;
  /** Five fields, `@hourly`, `@every 10m`; `CRON_TZ=` may stand in front. */
  readonly crontab: string;
  /** `YYYY-MM-DD hh:mm:ss` in the server's zone, in the future; the end after the start. */
  readonly startTime?: string | undefined;
  readonly endTime?: string | undefined;
  /** 0: as many runs at a time as there are. */
  readonly concurrency?: number | undefined;
  /** Default `suspend`. */
  readonly concurrencyPolicy?: 'suspend' | 'replace' | 'skip' | undefined;
  /** Seconds; 0 is never. */
  readonly expireInterval?: number | undefined;
  /** Stored and shown, without effect (2.11). Default true. */
  readonly catchup?: boolean | undefined;
  /** Root only: owner of the file systems its runs use. */
  readonly username?: string | undefined;
}

export interface ScheduleFilters {
  /** From an account other than root: `AccessDenied`. */
  readonly userFilter?: readonly string[] | undefined;
  readonly pplFilter?: readonly string[] | undefined;
  readonly pplVersionFilter?: readonly string[] | undefined;
  readonly scheduleFilter?: readonly string[] | undefined;
  readonly nameFilter?: readonly string[] | undefined;
  readonly statusFilter?: readonly string[] | undefined;
}

/** The only status from which there is a way on (4.4). */
const active = 'running';

/**
 * Creating, stopping and deleting wait for the server's scheduler, which may be busy or blocked for ever (2.11): they have a long time, and
 * when it ends without an answer, the schedule itself is asked what became of it.
 */
export function scheduleCalls(http: PaddleFlowHttp) {
  /** With one page of its runs; filters and paging are theirs. `ScheduleNotFound`, `AccessDenied`. */
  const getSchedule = async (
    scheduleID: string,
    query: PageQuery & { readonly runFilter?: readonly string[] | undefined; readonly statusFilter?: readonly string[] | undefined },
    signal?: AbortSignal,
  ): Promise<WireScheduleDetail> =>
    http.send(
      {
        call: 'getSchedule',
        path: `/schedule/${segment(scheduleID)}`,
        query: {
          runFilter: csvParameter('runFilter', query.runFilter),
          statusFilter: csvParameter('statusFilter', query.statusFilter),
          ...pageQuery(query),
        },
        signal,
      },
      WireScheduleDetail,
    );

  /** `status` undefined: there is no such schedule. Who cannot read it has proved nothing. */
  const happened = async (scheduleID: string, proof: (status: string | undefined) => boolean): Promise<boolean> =>
    getSchedule(scheduleID, { maxKeys: 1 }).then(
      ({ status }) => proof(status),
      (error: unknown) => hasCode(error, 'ScheduleNotFound') && proof(undefined),
    );

  return {
    getSchedule,

    listSchedules: async (query: ScheduleFilters & PageQuery, signal?: AbortSignal): Promise<MarkerPage<WireSchedule>> =>
      http.send(
        {
          call: 'listSchedules',
          path: '/schedule',
          query: {
            userFilter: csvParameter('userFilter', query.userFilter),
            pplFilter: csvParameter('pplFilter', query.pplFilter),
            pplVersionFilter: csvParameter('pplVersionFilter', query.pplVersionFilter),
            scheduleFilter: csvParameter('scheduleFilter', query.scheduleFilter),
            nameFilter: csvParameter('nameFilter', query.nameFilter),
            statusFilter: csvParameter('statusFilter', query.statusFilter),
            ...pageQuery(query),
          },
          signal,
        },
        WireSchedulePage,
      ),

    /** The new schedule's id. After a lost answer its name tells: it is unique per user, so a repetition says `DuplicatedName` (1.10). */
    async createSchedule(body: CreateScheduleBody, { deadline }: Until = {}): Promise<string> {
      if (!/^[A-Za-z_][A-Za-z0-9_]{1,49}$/.test(body.name))
        throw new InvalidCallError('name', 'must be a letter or "_", then 1 to 49 letters, digits or "_"');
      describing('desc', body.desc);
      for (const field of ['pipelineID', 'pipelineVersionID', 'crontab'] as const) present(field, body[field]);
      checkCrontab('crontab', body.crontab);
      for (const field of ['startTime', 'endTime'] as const) timeParameter(field, body[field]);
      for (const field of ['concurrency', 'expireInterval'] as const) countParameter(field, body[field]);
      const request = { call: 'createSchedule', method: 'POST', path: '/schedule', body, slow: true, deadline } as const;
      return (await http.send(request, WireCreatedSchedule)).scheduleID;
    },

    /** No more runs from now on; those that run go on. `ActionNotAllowed`: it has ended already. */
    async stopSchedule(scheduleID: string): Promise<void> {
      const path = `/schedule/${segment(scheduleID)}`;
      await settled(http.send({ call: 'stopSchedule', method: 'PUT', path, slow: true }, anything), () =>
        happened(scheduleID, (status) => status !== undefined && status !== active),
      );
    },

    /** `ActionNotAllowed` while it is running; `ScheduleNotFound` also for somebody else's (2.11). */
    async deleteSchedule(scheduleID: string): Promise<void> {
      const path = `/schedule/${segment(scheduleID)}`;
      await settled(http.send({ call: 'deleteSchedule', method: 'DELETE', path, slow: true }, anything), () =>
        happened(scheduleID, (status) => status === undefined),
      );
    },
  };
}

/** Without an answer `proof` tells whether it has happened all the same. */
async function settled(writing: Promise<unknown>, proof: () => Promise<boolean>): Promise<void> {
  await writing.catch(async (error: unknown) => {
    // With a code of its own the server has decided; an empty one is none.
    const lost = error instanceof UpstreamError && error.outcomeUnknown && !error.code;
    if (!lost || !(await proof())) throw error;
  });
}
