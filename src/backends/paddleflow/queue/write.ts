import { sql } from 'drizzle-orm';
import type { Viewer } from '../../../auth/viewer.ts';
import { againWhile } from '../../../core/again.ts';
import type { Database } from '../../../db/database.ts';
import { paddleflowRuns } from '../tables.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { CreateQueueBody, UpdateQueueBody } from './body.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import { type Deletion, deletion, type DeletionOptions, noEffects, unfinishedRuns } from '../deletion/deletion.ts';
import { namingFields } from '../../../problem/input-fields.ts';
import { InvalidInputProblem, NotSupportedProblem } from '../../../problem/problem.ts';
import { deleting, isRefusedAs } from '../../../problem/lost-answer.ts';
import { keyed } from '../../../execution/intent/keyed.ts';
import type { Intents } from '../../../execution/intent/intents.ts';
import { namedOn } from '../named.ts';
import { enforceRole } from '../permission.ts';
import { schedulesUsing } from '../pipeline/scheduled.ts';
import { readBack } from '../../../problem/read-back.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { requireHandle } from '../source/require.ts';
import { queuesInYaml } from '../workflow/queues.ts';
import { usersGranted } from './grants.ts';
import { queueFromWire, type Queue } from './model.ts';

export interface QueueWriter {
  create(source: string, body: CreateQueueBody, options?: { readonly idempotencyKey?: string | undefined }): Promise<Queue>;
  update(key: string, body: UpdateQueueBody): Promise<Queue>;
  /** `NotSupportedProblem` on servers since v0.14.1. */
  stop(key: string): Promise<Queue>;
  delete(key: string, options: DeletionOptions): Promise<Deletion>;
}

async function find({ name: source, reader, readTime }: SourceHandle, name: string): Promise<Queue | undefined> {
  const { items } = await reader.listQueues({ name, maxKeys: 1 });
  return items[0] && queueFromWire(source, items[0], readTime);
}

const fields = {
  clusterName: 'clusterId',
  NamespaceNotFound: 'namespace',
  InvalidNamePattern: 'name',
  QueueQuotaTypeIsNotSupported: 'quotaType',
};
/** The backend does not say which of the two it dislikes; what was not sent it cannot be. */
const fieldsOf = ({ maxResources }: UpdateQueueBody) => ({
  ...fields,
  InvalidComputeResource: maxResources === undefined ? 'minResources' : 'maxResources',
});

/** The backend answers an update that takes the last policy away, and does not store it (contract 2.3). */
async function refuseToEmpty(handle: SourceHandle, name: string, change: readonly string[] = []): Promise<void> {
  const removed = change.filter((policy) => policy.endsWith('-')).map((policy) => policy.slice(0, -1));
  if (removed.length === 0 || removed.length < change.length) return;
  const { schedulingPolicies = [] } =
    (await againWhile(
      (found) => found === undefined,
      () => find(handle, name),
    )) ?? {};
  if (schedulingPolicies.length > 0 && schedulingPolicies.every((policy) => removed.includes(policy)))
    throw new InvalidInputProblem(
      'would leave none, which the backend does not store: the last policy can only be replaced, by one that is added with it',
      'removeSchedulingPolicies',
    );
}

const unsupported = (source: string, what: string) => new NotSupportedProblem(`${source} runs a version of PaddleFlow that cannot ${what}`);

/** Root's business upstream, so an administrator's here. All throw a `Problem` that the client can act on, or an outage. */
export interface QueueWriterOptions {
  readonly db: Database;
  readonly handles: SourceHandles;
  readonly viewer: Viewer;
  readonly attempt: Attempt;
  readonly intents: Intents;
}
export function createQueueWriter({ db, handles, viewer, attempt, intents }: QueueWriterOptions): QueueWriter {
  const administered = (source: string, what: string): SourceHandle => {
    const handle = requireHandle(handles, source);
    enforceRole(handle, viewer, 'admin', what);
    return handle;
  };
  async function effectsOf(handle: SourceHandle, name: string) {
    // That it is not listed proves nothing (contract 2.7). Asked for by its name the server says so, which costs it a look at its pods.
    if ((await find(handle, name)) === undefined) await handle.reader.getQueue(name);
    const usingIt = unfinishedRuns(db, handle.name, sql`${name} = any(${paddleflowRuns.queueNames})`);
    return {
      ...noEffects,
      runs: await usingIt,
      schedules: await schedulesUsing(db, handle, viewer, (yaml) => queuesInYaml(yaml).includes(name)),
      grantedUsers: await usersGranted(handle, [name]),
    };
  }

  return {
    create: (source, body, { idempotencyKey } = {}) =>
      attempt(
        'createQueue',
        keyOf(source, body.name || '-'),
        async () => {
          const handle = administered(source, 'create queues');
          const send = (deadline?: number) => namingFields(fieldsOf(body), body.name, () => handle.client.createQueue(body, { deadline }));
          if (idempotencyKey !== undefined)
            return keyed(intents, {
              idempotencyKey,
              input: body,
              maker: namedOn(handle, {
                kind: 'queue',
                find: async () => (await find(handle, body.name))?.name,
                isAbsent: () => isRefusedAs('QueueNameNotFound', () => handle.reader.getQueue(body.name)),
                send,
              }),
              read: (name) => find(handle, name),
            });
          const name = await send();
          return readBack(name, () => find(handle, name));
        },
        ({ key }) => key,
      ),

    update: (key, body) =>
      attempt('updateQueue', key, async () => {
        const { source, id: name } = splitKey(key);
        const handle = administered(source, 'change queues');
        await refuseToEmpty(handle, name, body.schedulingPolicy);
        await namingFields(fieldsOf(body), name, () => handle.client.updateQueue(name, body)).catch((error: unknown) => {
          const before0141 = error instanceof UpstreamError && error.code === 'QueueActionIsNotSupported';
          throw before0141 ? unsupported(source, 'change queues') : error;
        });
        handle.kept.forget();
        return readBack(name, () => find(handle, name)); // its answer shows what was sent, which is not always what was stored (contract 2.3)
      }),

    stop: (key) =>
      attempt('stopQueue', key, async () => {
        const { source, id: name } = splitKey(key);
        const handle = administered(source, 'stop queues');
        if ((await handle.client.closeQueue(name)) === 'unsupported') throw unsupported(source, 'stop queues');
        return readBack(name, () => find(handle, name));
      }),

    delete(key, options) {
      const { source, id: name } = splitKey(key);
      return deletion(attempt, 'deleteQueue', key, options, {
        effects: async () => {
          // Nothing is written, so PaddleFlow would not say that a session may not do this.
          enforceRole({ actsAs: 'service' }, viewer, 'admin', 'delete queues');
          return effectsOf(requireHandle(handles, source), name);
        },
        work: async () => {
          const handle = administered(source, 'delete queues');
          const isGone = () => isRefusedAs('QueueNameNotFound', () => handle.reader.getQueue(name));
          await deleting(name, () => handle.client.deleteQueue(name), isGone);
          handle.kept.forget();
        },
      });
    },
  };
}
