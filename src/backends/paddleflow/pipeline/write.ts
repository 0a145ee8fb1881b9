import { eq } from 'drizzle-orm';
import type { Viewer } from '../../../auth/viewer.ts';
import { againWhile } from '../../../core/again.ts';
import type { Database } from '../../../db/database.ts';
import { paddleflowRuns } from '../tables.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import type { MarkerPage } from '../../../core/page.ts';
import type { PipelineBody } from '../client/pipelines.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import {
  deletion,
  noEffects,
  unfinishedRuns,
  unfinishedRunsAmong,
  type Deletion,
  type DeletionOptions,
  type UnfinishedRun,
} from '../deletion/deletion.ts';
import { namingFields } from '../../../problem/input-fields.ts';
import { deleting, isRefusedAs } from '../../../problem/lost-answer.ts';
import { keyed } from '../../../execution/intent/keyed.ts';
import type { Intents } from '../../../execution/intent/intents.ts';
import { pipelineMaker, versionMaker } from './maker.ts';
import { enforceOwnership, enforceRole } from '../permission.ts';
import { ConflictProblem, InvalidInputProblem, NotFoundProblem, problemOf, UnconfirmedProblem } from '../../../problem/problem.ts';
import { readBack } from '../../../problem/read-back.ts';
import { runningSchedules } from '../schedule/source.ts';
import { accountOf } from '../source/account.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { requireHandle } from '../source/require.ts';
import { requireWorkflow } from '../workflow/require.ts';
import { pipelineFromWire, type Pipeline, type PipelineVersion } from './model.ts';
import { createPipelineSource } from './source.ts';

export interface MadeVersion {
  readonly pipeline: Pipeline;
  readonly version: PipelineVersion;
}

export interface WithKey {
  readonly idempotencyKey?: string | undefined;
}

export interface PipelineWriter {
  create(source: string, body: PipelineBody, options?: WithKey): Promise<MadeVersion>;
  /** Without `desc` the pipeline keeps its description. */
  createVersion(key: string, body: PipelineBody, options?: WithKey): Promise<MadeVersion>;
  delete(key: string, options: DeletionOptions): Promise<Deletion>;
  deleteVersion(key: string, options: DeletionOptions): Promise<Deletion>;
}

/** Where the graph's inputs have what the backend names. */
const fields = {
  yaml: 'from.yaml',
  fsName: 'from.path.fileSystemName',
  desc: 'description',
  ReadYamlFileFailed: 'from.path',
  InvalidPipeline: 'from',
  InvalidArguments: 'from', // what else it stands for is not sent (contract 2.10): another name, a main file system that is not there
  'Decode base64': 'from.yaml',
};

const isLastOf = ({ items }: MarkerPage<PipelineVersion>) => items.length < 2;

/** Writes each sent once. All throw a `Problem` that the client can act on, or an outage. */
export interface PipelineWriterOptions {
  readonly db: Database;
  readonly handles: SourceHandles;
  readonly viewer: Viewer;
  readonly attempt: Attempt;
  readonly intents: Intents;
  /** See `Context.heavy`. */
  readonly heavy: <T>(work: () => T) => Promise<T>;
}

export function createPipelineWriter({ db, handles, viewer, attempt, intents, heavy }: PipelineWriterOptions): PipelineWriter {
  const nameIn = async (yaml: string | undefined): Promise<string | undefined> =>
    yaml === undefined ? undefined : (await heavy(() => requireWorkflow(yaml, { kind: 'PIPELINE' }, 'from.yaml'))).name;

  const sourceOf = (handle: SourceHandle) => createPipelineSource(db, { ...handle, client: handle.reader }, viewer);

  /** The pipeline, which must be there and this viewer's to change. One call. */
  async function owned(handle: SourceHandle, pipelineId: string): Promise<Pipeline> {
    const read = await handle.reader.getPipeline(pipelineId, { maxKeys: 1 }).catch((error: unknown) => {
      throw problemOf(error, pipelineId);
    });
    const pipeline = pipelineFromWire(handle.name, read.pipeline, handle.readTime);
    enforceOwnership(handle, viewer, pipeline.owner, pipelineId);
    return pipeline;
  }
  const mustAsk = ({ actsAs }: SourceHandle) => actsAs === 'service' && viewer.owner !== undefined;

  const readVersion = (handle: SourceHandle, pipelineId: string, versionId: string) =>
    readBack(`${pipelineId}/${versionId}`, () => sourceOf(handle).version(pipelineId, versionId));

  /** After a lost answer: names are unique per user, so one that holds the same text is what was asked for, whoever made it. */
  async function madeByName(handle: SourceHandle, name: string, yaml: string) {
    const { items } = await sourceOf(handle).page({ limit: 100, names: [name] });
    const pipeline = items.find(({ owner }) => owner === accountOf(handle, viewer));
    const made = pipeline && (await sourceOf(handle).version(pipeline.pipelineId, '1'));
    return made?.version.yaml === yaml ? { pipelineID: made.pipeline.pipelineId, pipelineVersionID: '1' } : undefined;
  }

  async function sendNew(handle: SourceHandle, body: PipelineBody, name: string | undefined) {
    try {
      return await handle.client.createPipeline(body);
    } catch (error) {
      const lost = problemOf(error, handle.name) instanceof UnconfirmedProblem;
      const { yaml } = body;
      const made =
        lost && yaml !== undefined && name !== undefined ? await madeByName(handle, name, yaml).catch(() => undefined) : undefined;
      if (made) return made;
      if (lost)
        throw new UnconfirmedProblem('The answer was lost. It may be repeated: if the pipeline has been made, that is a ConflictProblem.');
      throw error;
    }
  }

  /** `ppl-000003/1`. */
  const readById = (handle: SourceHandle) => (id: string) => {
    const [pipelineId = '', versionId = ''] = id.split('/');
    return sourceOf(handle).version(pipelineId, versionId);
  };
  const makers = (handle: SourceHandle) => ({ db, handle, pipelines: sourceOf(handle), account: accountOf(handle, viewer) });

  async function effectsOf(handle: SourceHandle, pipelineId: string, version?: PipelineVersion) {
    const versionId = version?.versionId;
    // A run that named no version has taken the latest of its time, which the text tells. Before it has been read it may be any.
    const hasTaken = (run: UnfinishedRun) =>
      run.pipelineVersionId === null ? run.yaml === null || run.yaml === version?.yaml : run.pipelineVersionId === versionId;
    const ofPipeline = eq(paddleflowRuns.pipelineId, pipelineId);
    const schedules = await runningSchedules(handle, { pplFilter: [pipelineId], ...(versionId && { pplVersionFilter: [versionId] }) });
    return {
      ...noEffects,
      runs: await (version ? unfinishedRunsAmong(db, handle.name, ofPipeline, hasTaken) : unfinishedRuns(db, handle.name, ofPipeline)),
      schedules: schedules.map((id) => keyOf(handle.name, id)),
    };
  }

  return {
    create: (source, body, { idempotencyKey } = {}) =>
      attempt(
        'createPipeline',
        source,
        async () => {
          const handle = requireHandle(handles, source);
          enforceRole(handle, viewer, 'operator', 'create pipelines under the service account');
          const name = await nameIn(body.yaml);
          if (name !== undefined && /login$/i.test(name))
            throw new InvalidInputProblem('names a pipeline that ends in "login"', 'from.yaml');
          if (idempotencyKey !== undefined) {
            const send = (deadline: number) => namingFields(fields, name ?? source, () => handle.client.createPipeline(body, { deadline }));
            const maker = pipelineMaker({ ...makers(handle), body, name, send });
            return keyed(intents, { idempotencyKey, input: body, maker, read: readById(handle) });
          }
          const made = await namingFields(fields, name ?? source, () => sendNew(handle, body, name));
          return readVersion(handle, made.pipelineID, made.pipelineVersionID);
        },
        ({ pipeline }) => pipeline.key,
      ),

    createVersion: (key, body, { idempotencyKey } = {}) =>
      attempt(
        'createPipelineVersion',
        key,
        async () => {
          const { source, id } = splitKey(key);
          const handle = requireHandle(handles, source);
          // Root may name anybody, so the service account would read a file of anybody's (contract 2.10).
          if (body.username !== undefined) enforceOwnership(handle, viewer, body.username, `What lies on file systems of ${body.username}`);
          const name = await nameIn(body.yaml);
          const before = body.desc === undefined || mustAsk(handle) ? await owned(handle, id) : undefined;
          if (before && name !== undefined && name !== before.name)
            throw new InvalidInputProblem(`must keep the name of the pipeline, ${before.name}`, 'from.yaml');
          // Its files are read as its owner's, not as root's.
          const owner = handle.actsAs === 'service' && handle.seesAll ? before?.owner : undefined;
          const complete = { ...body, username: body.username ?? owner, desc: body.desc ?? before?.description ?? '' };
          const send = (deadline?: number) =>
            namingFields(fields, id, () => handle.client.createPipelineVersion(id, complete, { deadline }));
          if (idempotencyKey !== undefined) {
            const maker = versionMaker({ ...makers(handle), body, pipelineId: id, send });
            return keyed(intents, { idempotencyKey, input: { ...body, pipeline: id }, maker, read: readById(handle) });
          }
          const made = await send();
          return readVersion(handle, made.pipelineID, made.pipelineVersionID);
        },
        ({ version }) => version.key,
      ),

    delete(key, options) {
      const { source, id } = splitKey(key);
      return deletion(attempt, 'deletePipeline', key, options, {
        effects: async () => {
          const handle = requireHandle(handles, source);
          await owned(handle, id);
          return effectsOf(handle, id);
        },
        work: async () => {
          const handle = requireHandle(handles, source);
          if (mustAsk(handle)) await owned(handle, id);
          const isGone = () => isRefusedAs('PipelineNotFound', () => handle.reader.getPipeline(id, { maxKeys: 1 }));
          await deleting(id, () => handle.client.deletePipeline(id), isGone);
        },
      });
    },

    deleteVersion(key, options) {
      const { source, id } = splitKey(key);
      const [pipelineId = '', versionId = ''] = id.split('/');
      return deletion(attempt, 'deletePipelineVersion', key, options, {
        effects: async () => {
          const handle = requireHandle(handles, source);
          const read = await sourceOf(handle).version(pipelineId, versionId);
          if (read === undefined) {
            await owned(handle, pipelineId); // somebody else's looks missing to who has signed in
            throw new NotFoundProblem(`There is no version ${versionId} of ${pipelineId}`);
          }
          enforceOwnership(handle, viewer, read.pipeline.owner, pipelineId);
          const versions = await againWhile(isLastOf, () => sourceOf(handle).versions(pipelineId, { limit: 2 }));
          if (isLastOf(versions))
            throw new ConflictProblem(`${versionId} is the last version of ${pipelineId}: delete the pipeline instead`);
          return effectsOf(handle, pipelineId, read.version);
        },
        work: async () => {
          const handle = requireHandle(handles, source);
          if (mustAsk(handle)) await owned(handle, pipelineId);
          const isGone = () => isRefusedAs('PipelineNotFound', () => handle.reader.getPipelineVersion(pipelineId, versionId));
          await deleting(id, () => handle.client.deletePipelineVersion(pipelineId, versionId), isGone);
        },
      });
    },
  };
}
