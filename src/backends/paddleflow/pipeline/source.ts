import { sql } from 'drizzle-orm';
import type { Viewer } from '../../../auth/viewer.ts';
import type { Database } from '../../../db/database.ts';
import { pipelineVersions } from '../tables.ts';
import type { MarkerPage } from '../../../core/page.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import { ownersFor } from '../source/account.ts';
import type { SourceHandle } from '../source/handle.ts';
import { wholeList } from '../client/whole-list.ts';
import { keyOfVersion, pipelineFromWire, versionFromRow, versionRowFromWire, type Pipeline, type PipelineVersion } from './model.ts';

export interface PipelinePageQuery {
  readonly marker?: string | undefined;
  readonly limit: number;
  readonly owners?: readonly string[] | null | undefined;
  readonly names?: readonly string[] | null | undefined;
}

/** All that the schema may ask about the pipelines of one source. */
export interface PipelineSource {
  page(at: PipelinePageQuery): Promise<MarkerPage<Pipeline>>;
  /** In any order, without those that do not exist. One is read by itself, several from the list. */
  byIds(ids: readonly string[]): Promise<Pipeline[]>;
  versions(pipelineId: string, at: { marker?: string | undefined; limit: number }): Promise<MarkerPage<PipelineVersion>>;
  /** `ppl-000003/1`, in any order. Versions never change, so one call per pipeline not met before, and none afterwards. */
  versionsByIds(ids: readonly string[]): Promise<PipelineVersion[]>;
  /** The one that a run takes which names none. Undefined: there is no such pipeline. */
  latestVersion(pipelineId: string): Promise<PipelineVersion | undefined>;
  /** One version with its pipeline as it is now: one call. Undefined: one of them is not there. */
  version(pipelineId: string, versionId: string): Promise<{ pipeline: Pipeline; version: PipelineVersion } | undefined>;
}

const idPattern = /^ppl-\d{6,}$/;
/** Or somebody else's, which for who has signed in comes to the same. */
const isAbsent = (error: unknown) => error instanceof UpstreamError && (error.code === 'PipelineNotFound' || error.code === 'AccessDenied');

/** Without a viewer: for the gateway itself. */
export function createPipelineSource(db: Database, handle: SourceHandle, viewer?: Viewer, signal?: AbortSignal): PipelineSource {
  const { name: source, client, readTime } = handle;

  const page: PipelineSource['page'] = async ({ marker, limit, owners, names }) => {
    const wanted = ownersFor(handle, viewer, owners);
    if (wanted.isEmpty || names?.length === 0) return { items: [] }; // one of none
    const query = { marker, maxKeys: limit, userFilter: wanted.userFilter, nameFilter: names ?? undefined };
    const { items, nextMarker } = await client.listPipelines(query, signal);
    const shown = items.map((wire) => pipelineFromWire(source, wire, readTime)).filter(({ owner }) => wanted.includes(owner));
    return { items: shown, nextMarker };
  };

  async function readVersions(pipelineId: string, at: { marker?: string | undefined; limit: number }) {
    const { pipeline, versions } = await client.getPipeline(pipelineId, { marker: at.marker, maxKeys: at.limit }, signal);
    const rows = versions.items.map((wire) => versionRowFromWire(source, wire, readTime));
    if (rows.length > 0) await db.insert(pipelineVersions).values(rows).onConflictDoNothing();
    return { pipeline, items: rows.map(versionFromRow), nextMarker: versions.nextMarker };
  }

  /** One call, but for pipelines of more versions than a page holds. */
  async function findVersions(pipelineId: string, isEnough: (found: readonly PipelineVersion[]) => boolean): Promise<PipelineVersion[]> {
    try {
      return await wholeList({ source, page: (at) => readVersions(pipelineId, at), isEnough, signal });
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  }

  async function single(id: string): Promise<Pipeline[]> {
    try {
      const { pipeline } = await client.getPipeline(id, { maxKeys: 1 }, signal);
      return [pipelineFromWire(source, pipeline, readTime)];
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  }

  async function version(pipelineId: string, versionId: string) {
    const read = await client.getPipelineVersion(pipelineId, versionId, signal).catch((error: unknown) => {
      if (isAbsent(error)) return undefined;
      throw error;
    });
    if (read === undefined) return undefined;
    const row = versionRowFromWire(source, read.version, readTime);
    await db.insert(pipelineVersions).values(row).onConflictDoNothing();
    return { pipeline: pipelineFromWire(source, read.pipeline, readTime), version: versionFromRow(row) };
  }

  return {
    page,
    version,
    latestVersion: async (pipelineId) => (await findVersions(pipelineId, () => false)).at(-1), // in the order in which they were made
    versions: (pipelineId, at) => readVersions(pipelineId, at),
    async byIds(given) {
      const ids = given.filter((id) => idPattern.test(id));
      const [only] = ids;
      if (only === undefined) return [];
      if (ids.length === 1) return single(only);
      const areAmong = (some: readonly Pipeline[]) => some.filter(({ pipelineId }) => ids.includes(pipelineId));
      return areAmong(await wholeList({ source, page, isEnough: (found) => areAmong(found).length === ids.length, signal }));
    },
    async versionsByIds(ids) {
      const places = ids.flatMap((id) => {
        const [, pipelineId = '', versionId = ''] = /^(ppl-\d{6,})\/(\d+)$/.exec(id) ?? [];
        return pipelineId === '' ? [] : [{ pipelineId, versionId }];
      });
      if (places.length === 0) return [];
      const wanted = sql.join(
        places.map(({ pipelineId, versionId }) => sql`(${source}, ${pipelineId}, ${versionId})`),
        sql`, `,
      );
      const rows = await db
        .select()
        .from(pipelineVersions)
        .where(sql`(${pipelineVersions.source}, ${pipelineVersions.pipelineId}, ${pipelineVersions.versionId}) in (${wanted})`);
      const known = rows.map(versionFromRow);
      const isAmong = (versions: readonly PipelineVersion[]) => {
        const keys = new Set(versions.map(({ key }) => key));
        return ({ pipelineId, versionId }: (typeof places)[number]) => keys.has(keyOfVersion(source, pipelineId, versionId));
      };
      const isKnown = isAmong(known);
      const missing = Map.groupBy(
        places.filter((place) => !isKnown(place)),
        ({ pipelineId }) => pipelineId,
      );
      const read = await Promise.all(
        [...missing].map(([pipelineId, some]) => findVersions(pipelineId, (found) => some.every(isAmong(found)))),
      );
      return [
        ...known,
        ...read.flat().filter(({ pipelineId, versionId }) => missing.get(pipelineId)?.some((place) => place.versionId === versionId)),
      ];
    },
  };
}
