import { and, eq, inArray, ne } from 'drizzle-orm';
import type { Database } from '../../../db/database.ts';
import { intents } from '../../../db/tables.ts';
import type { Maker, Sighting } from '../../../execution/intent/intents.ts';
import { OutageError } from '../../../problem/problem.ts';
import { isRefusedAs, isUnlisted } from '../../../problem/lost-answer.ts';
import type { PipelineBody } from '../client/pipelines.ts';
import { wholeList } from '../client/whole-list.ts';
import { isUnlistedOn, namedOn, showsOthers, timesOf } from '../named.ts';
import type { SourceHandle } from '../source/handle.ts';
import type { Pipeline, PipelineVersion } from './model.ts';
import type { PipelineSource } from './source.ts';

interface Making {
  readonly db: Database;
  readonly handle: SourceHandle;
  readonly pipelines: PipelineSource;
  readonly body: PipelineBody;
  /** One call. */
  send(deadline: number): Promise<{ readonly pipelineID: string; readonly pipelineVersionID: string }>;
}

/** What is not found by a name, but as the newest of its kind. */
interface Numbered<T> {
  readonly kind: string;
  list(): Promise<readonly T[]>;
  numberOf(item: T): number;
  idOf(item: T): string;
  isAsAsked(item: T): Promise<boolean>;
  /** The list was empty. That there is nothing to be shown is not the only reason for that. */
  isReallyEmpty(): Promise<boolean>;
  /** What it would be in is gone, and it as well. */
  isGone?(): Promise<boolean>;
}

const firstVersionOf = ({ pipelineId }: Pipeline) => `${pipelineId}/1`;
const defaultPath = './run.yaml';
const isFrom = ({ yaml, fsName, yamlPath = defaultPath }: PipelineBody, version: PipelineVersion): boolean =>
  yaml === undefined ? version.fsName === fsName && version.yamlPath === yamlPath : version.yaml === yaml;
const sent =
  ({ send }: Making) =>
  async (deadline: number) => {
    const { pipelineID, pipelineVersionID } = await send(deadline);
    return `${pipelineID}/${pipelineVersionID}`;
  };

/** Numbers only grow, so what is newer than all there was, and as it was asked for, was made by the call: but not what another key stands for. */
function numberedMaker<T>(making: Making, { kind, list, numberOf, idOf, isAsAsked, isReallyEmpty, isGone }: Numbered<T>): Maker {
  const { db, handle } = making;
  async function madeByOthers(ids: readonly string[], mark: string): Promise<readonly (string | null)[]> {
    const rows = await db
      .select({ id: intents.executionId })
      .from(intents)
      .where(and(eq(intents.source, handle.name), eq(intents.kind, kind), inArray(intents.executionId, [...ids]), ne(intents.mark, mark)));
    return rows.map(({ id }) => id);
  }
  return {
    kind,
    source: handle.name,
    ...timesOf(handle),
    afresh: true,
    async since() {
      const all = await list();
      // Else all there is would seem to be newer.
      if (all.length === 0 && !(await isReallyEmpty())) throw new OutageError({ source: handle.name, fault: 'garbage', code: undefined });
      return Math.max(0, ...all.map(numberOf));
    },
    send: (_mark, deadline) => sent(making)(deadline),
    async look({ mark, since }): Promise<Sighting> {
      if (await isGone?.()) return 'absent';
      const newer = (await list()).filter((item) => numberOf(item) > since).toSorted((one, other) => numberOf(one) - numberOf(other));
      const others = newer.length === 0 ? [] : await madeByOthers(newer.map(idOf), mark);
      for (const item of newer) if (!others.includes(idOf(item)) && (await isAsAsked(item))) return { found: idOf(item) };
      const looked = new Set(newer.map(idOf));
      const isAbsent = await isUnlisted(list, (item) => numberOf(item) > since && !looked.has(idOf(item)), isReallyEmpty);
      return isAbsent ? 'absent' : { unknown: `${handle.name} shows no such ${kind}, which proves nothing yet` };
    },
  };
}

/** A new pipeline, named by its YAML (contract 2.10). Where only the backend reads that, its name is not known, and it is looked for as the newest one. */
export function pipelineMaker({
  name,
  account,
  ...making
}: Making & { readonly name: string | undefined; readonly account: string }): Maker {
  const { handle, pipelines, body } = making;
  const list = () => wholeList({ source: handle.name, page: (at) => pipelines.page(at) });
  const isAsAsked = async (pipelineId: string) => {
    const first = await pipelines.version(pipelineId, '1');
    return first !== undefined && isFrom(body, first.version);
  };
  if (name === undefined)
    return numberedMaker(making, {
      kind: 'pipeline',
      list: async () => (await list()).filter(({ owner }) => owner === account),
      numberOf: ({ pipelineId }) => Number(/^ppl-(\d+)$/.exec(pipelineId)?.[1] ?? 0),
      idOf: firstVersionOf,
      isAsAsked: ({ pipelineId }) => isAsAsked(pipelineId),
      isReallyEmpty: () => showsOthers(handle),
    });
  const isIt = (pipeline: Pipeline) => pipeline.name === name && pipeline.owner === account;
  return namedOn(handle, {
    kind: 'pipeline',
    async find() {
      const found = (await pipelines.page({ limit: 100, names: [name] })).items.find(isIt);
      return found && firstVersionOf(found);
    },
    isAsAsked: (id) => isAsAsked(id.slice(0, id.indexOf('/'))),
    isAbsent: () => isUnlistedOn(handle, list, isIt),
    send: sent(making),
  });
}

/** A new version: its number counts all that were ever made, and one of the same content may be made again and again (contract 2.10). */
export function versionMaker({ pipelineId, ...making }: Making & { readonly pipelineId: string }): Maker {
  const { handle, pipelines, body } = making;
  return numberedMaker<PipelineVersion>(making, {
    kind: 'version',
    list: () => wholeList({ source: handle.name, page: (at) => pipelines.versions(pipelineId, at) }),
    numberOf: ({ versionId }) => Number(versionId),
    idOf: ({ versionId }) => `${pipelineId}/${versionId}`,
    isAsAsked: async (version) => isFrom(body, version),
    isReallyEmpty: async () => false, // the last version cannot be deleted (contract 2.10)
    isGone: () => isRefusedAs('PipelineNotFound', () => handle.reader.getPipeline(pipelineId, { maxKeys: 1 })),
  });
}
