import { sql } from 'drizzle-orm';
import type { Viewer } from '../../../auth/viewer.ts';
import { againIfEmpty } from '../../../core/again.ts';
import type { Database } from '../../../db/database.ts';
import { paddleflowRuns } from '../tables.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import { type Deletion, deletion, type DeletionEffects, type DeletionOptions, unfinishedRuns } from '../deletion/deletion.ts';
import { namingFields } from '../../../problem/input-fields.ts';
import { deleting, isUnlisted } from '../../../problem/lost-answer.ts';
import { keyed } from '../../../execution/intent/keyed.ts';
import type { Intents } from '../../../execution/intent/intents.ts';
import { isUnlistedOn, namedOn } from '../named.ts';
import { enforceRole } from '../permission.ts';
import { schedulesUsing } from '../pipeline/scheduled.ts';
import { NotFoundProblem, UnconfirmedProblem } from '../../../problem/problem.ts';
import { readBack } from '../../../problem/read-back.ts';
import { usersGranted } from '../queue/grants.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { requireHandle } from '../source/require.ts';
import { wholeList } from '../client/whole-list.ts';
import { queuesInYaml } from '../workflow/queues.ts';
import type { CreateClusterBody, UpdateClusterBody } from './body.ts';
import { clusterFromWire, type Cluster } from './model.ts';

export interface ClusterWriter {
  create(source: string, body: CreateClusterBody, options?: { readonly idempotencyKey?: string | undefined }): Promise<Cluster>;
  update(key: string, body: UpdateClusterBody): Promise<Cluster>;
  /** Its queues go first, and not in one piece with it. */
  delete(key: string, options: DeletionOptions): Promise<Deletion>;
}

/** Fields and codes of the backend as the inputs call them. */
const fields = {
  clusterName: 'name',
  clusterType: 'type',
  namespaceList: 'namespaces',
  status: 'online',
  source: 'provider',
  InvalidNamePattern: 'name',
  InvalidClusterCredential: 'credential',
};

/** Root's business upstream, so an administrator's here. All throw a `Problem` that the client can act on, or an outage. */
export interface ClusterWriterOptions {
  readonly db: Database;
  readonly handles: SourceHandles;
  readonly viewer: Viewer;
  readonly attempt: Attempt;
  readonly intents: Intents;
}
export function createClusterWriter({ db, handles, viewer, attempt, intents }: ClusterWriterOptions): ClusterWriter {
  const administered = (source: string, what: string): SourceHandle => {
    const handle = requireHandle(handles, source);
    enforceRole(handle, viewer, 'admin', what);
    return handle;
  };

  async function effectsOf(handle: SourceHandle, name: string): Promise<DeletionEffects> {
    const { items } = await againIfEmpty(() => handle.reader.listClusters({ clusterNames: [name], maxKeys: 1 }));
    if (items.length === 0) throw new NotFoundProblem(`There is no cluster ${name}`);
    const queues = await queuesOn(handle, name);
    const namesOne = (yaml: string) => queuesInYaml(yaml).some((queue) => queues.includes(queue));
    const usingThem = sql`${paddleflowRuns.queueNames} && ${sql.param(queues)}::text[]`;
    return {
      runs: queues.length === 0 ? [] : await unfinishedRuns(db, handle.name, usingThem),
      schedules: queues.length === 0 ? [] : await schedulesUsing(db, handle, viewer, namesOne),
      queues: queues.map((queue) => keyOf(handle.name, queue)),
      grantedUsers: queues.length === 0 ? [] : await usersGranted(handle, queues),
      linkPaths: [],
    };
  }

  return {
    create: (source, body, { idempotencyKey } = {}) =>
      attempt(
        'createCluster',
        keyOf(source, body.clusterName || '-'),
        async () => {
          const handle = administered(source, 'register clusters');
          const name = body.clusterName;
          const send = async (deadline?: number) => {
            const { id } = await namingFields(fields, name, () => handle.client.createCluster(body, { lookFirst: true, deadline }));
            handle.kept.forget();
            return id;
          };
          if (idempotencyKey === undefined) {
            const id = await send();
            return readBack(name, () => stored(handle, name, id));
          }
          const { credential: _, ...input } = body;
          return keyed(intents, {
            idempotencyKey,
            input,
            maker: namedOn(handle, {
              kind: 'cluster',
              find: async () => (await handle.reader.listClusters({ clusterNames: [name], maxKeys: 1000 })).items[0]?.id,
              isAbsent: () =>
                isUnlistedOn(
                  handle,
                  () => clustersOn(handle),
                  ({ clusterName }) => clusterName === name,
                ),
              send,
            }),
            read: (id) => stored(handle, name, id),
          });
        },
        ({ key }) => key,
      ),

    update: (key, body) =>
      attempt('updateCluster', key, async () => {
        const { source, id: name } = splitKey(key);
        const handle = administered(source, 'change clusters');
        const { id } = await namingFields(fields, name, () => handle.client.updateCluster(name, body));
        handle.kept.forget();
        return readBack(name, () => stored(handle, name, id));
      }),

    delete(key, options) {
      const { source, id: name } = splitKey(key);
      return deletion(attempt, 'deleteCluster', key, options, {
        effects: async () => {
          // Nothing is written, so PaddleFlow would not say that a session may not do this.
          enforceRole({ actsAs: 'service' }, viewer, 'admin', 'delete clusters');
          return effectsOf(requireHandle(handles, source), name);
        },
        work: async () => {
          const handle = administered(source, 'delete clusters');
          const isGone = () =>
            isUnlisted(
              () => clustersOn(handle),
              ({ clusterName }) => clusterName === name,
            );
          await deleting(name, () => handle.client.deleteCluster(name), isGone);
          handle.kept.forget();
        },
      });
    },
  };
}

/**
 * After a write. Not every backend keeps names apart (contract 2.12): two who make a cluster of the same name at the same time may both get one, and
 * which of the two is used is then for nobody to say.
 */
async function stored(handle: SourceHandle, name: string, id: string): Promise<Cluster | undefined> {
  const { items } = await handle.reader.listClusters({ clusterNames: [name], maxKeys: 1000 });
  if (items.length > 1)
    throw new UnconfirmedProblem(
      `${name}: accepted, but there are ${items.length} clusters of that name: which of them is used is not certain`,
    );
  const wire = items.find((cluster) => cluster.id === id);
  return wire && clusterFromWire(handle.name, wire, handle.readTime);
}

async function queuesOn({ name: source, reader }: SourceHandle, clusterName: string): Promise<string[]> {
  const queues = await wholeList({ source, page: ({ marker, limit }) => reader.listQueues({ marker, maxKeys: limit }) });
  return queues.filter((queue) => queue.clusterName === clusterName).map(({ name }) => name);
}

const clustersOn = ({ name: source, reader }: SourceHandle) =>
  wholeList({ source, page: ({ marker, limit }) => reader.listClusters({ marker, maxKeys: limit }) });
