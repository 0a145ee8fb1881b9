import type { Viewer } from '../../../auth/viewer.ts';
import type { MarkerPage } from '../../../core/page.ts';
import type { ScheduleFilters } from '../client/schedules.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { ownersFor } from '../source/account.ts';
import type { SourceHandle } from '../source/handle.ts';
import { wholeList } from '../client/whole-list.ts';
import { scheduleFromWire, wordsOf, type Schedule, type ScheduleState } from './model.ts';

/** Each list means "one of these"; what is left out does not matter. An empty list matches nothing. */
export interface ScheduleFilter {
  readonly owners?: readonly string[] | undefined;
  readonly names?: readonly string[] | undefined;
  readonly states?: readonly ScheduleState[] | undefined;
  /** Upstream ids. */
  readonly pipelines?: readonly string[] | undefined;
  readonly versions?: readonly string[] | undefined;
}

/** All that the schema may ask about the schedules of one source. Made per operation, for one viewer. */
export interface ScheduleSource {
  /** Of the server's clock. */
  readonly timeZone: string;
  page(filter: ScheduleFilter, at: { marker?: string | undefined; limit: number }): Promise<MarkerPage<Schedule>>;
  /** In any order, without those that do not exist or are not for this viewer. One call, whatever their number (up to some hundreds). */
  byIds(ids: readonly string[]): Promise<Schedule[]>;
}

/** As many as an address may well name; of more the whole list is read. */
const mostNamed = 300;
const idPattern = /^schedule-\d{1,20}$/;

export function createScheduleSource(handle: SourceHandle, viewer: Viewer, signal?: AbortSignal): ScheduleSource {
  const { name: source, client, readTime, timeZone } = handle;

  async function list(
    filters: ScheduleFilters,
    owners: readonly string[] | undefined,
    { marker, limit }: { marker?: string | undefined; limit: number },
  ) {
    const wanted = ownersFor(handle, viewer, owners);
    const query = { ...filters, marker, maxKeys: limit, userFilter: wanted.userFilter };
    if (wanted.isEmpty || Object.values(filters).some((values) => values?.length === 0)) return { items: [] }; // one of none
    const { items, nextMarker } = await client.listSchedules(query, signal);
    const shown = items.map((wire) => scheduleFromWire(source, timeZone, wire, readTime)).filter(({ owner }) => wanted.includes(owner));
    return { items: shown, nextMarker };
  }

  return {
    timeZone,
    page: ({ owners, names, states, pipelines, versions }, at) =>
      list(
        {
          ...(names && { nameFilter: names }),
          ...(states && { statusFilter: wordsOf(states) }),
          ...(pipelines && { pplFilter: pipelines }),
          ...(versions && { pplVersionFilter: versions }),
        },
        owners,
        at,
      ),
    async byIds(given) {
      const ids = new Set(given.filter((id) => idPattern.test(id)));
      if (ids.size === 0) return [];
      const named = ids.size <= mostNamed ? { scheduleFilter: [...ids] } : {};
      const areAmong = (some: readonly Schedule[]) => some.filter(({ scheduleId }) => ids.has(scheduleId));
      const isEnough = (found: readonly Schedule[]) => areAmong(found).length === ids.size;
      return areAmong(await wholeList({ source, page: (at) => list(named, undefined, at), isEnough, signal }));
    },
  };
}

/** Upstream ids of the schedules that still fire: what would keep a pipeline from being deleted. Of whomever they are. */
export async function runningSchedules({ name: source, reader }: SourceHandle, filters: ScheduleFilters): Promise<string[]> {
  const found = await wholeList({
    source,
    page: ({ marker, limit }) => reader.listSchedules({ ...filters, statusFilter: ['running'], marker, maxKeys: limit }),
  });
  return found.map(({ scheduleID }) => scheduleID);
}

/** One schedule, read by itself. Undefined: it is not there. Somebody else's throws what `problemOf` makes forbidden of. */
export async function readSchedule(
  { name: source, reader, readTime, timeZone }: SourceHandle,
  scheduleId: string,
): Promise<Schedule | undefined> {
  try {
    return scheduleFromWire(source, timeZone, await reader.getSchedule(scheduleId, { maxKeys: 1 }), readTime);
  } catch (error) {
    if (error instanceof UpstreamError && error.code === 'ScheduleNotFound') return undefined;
    throw error;
  }
}
