import type { Viewer } from '../../../auth/viewer.ts';
import { keyOf, splitKey } from '../../../core/key.ts';
import { UpstreamError } from '../../../upstream/errors.ts';
import type { Attempt } from '../../../audit/attempt.ts';
import { namingFields } from '../../../problem/input-fields.ts';
import { keyed } from '../../../execution/intent/keyed.ts';
import type { Intents } from '../../../execution/intent/intents.ts';
import { namedOn } from '../named.ts';
import { enforceRole } from '../permission.ts';
import { ForbiddenProblem, InvalidInputProblem, NotFoundProblem, problemOf } from '../../../problem/problem.ts';
import { deleting, isRefusedAs } from '../../../problem/lost-answer.ts';
import { readBack } from '../../../problem/read-back.ts';
import type { SourceHandle, SourceHandles } from '../source/handle.ts';
import { requireHandle } from '../source/require.ts';
import type { CreateFlavourBody, UpdateFlavourBody } from './body.ts';
import { flavourFromWire, type Flavour } from './model.ts';

export interface FlavourWriter {
  /** Open to everybody. */
  create(source: string, body: CreateFlavourBody, options?: { readonly idempotencyKey?: string | undefined }): Promise<Flavour>;
  update(key: string, body: UpdateFlavourBody): Promise<Flavour>;
  delete(key: string, options: { readonly ignoreMissing: boolean }): Promise<void>;
}

const fields = { name: 'name', clusterName: 'clusterId', mem: 'memory' };

async function find({ name: source, reader, readTime }: SourceHandle, name: string): Promise<Flavour> {
  const wire = await reader.getFlavour(name);
  return flavourFromWire(source, wire, readTime);
}

/** Undefined: the server says that there is none. */
const findIfThere = (handle: SourceHandle, name: string): Promise<Flavour | undefined> =>
  find(handle, name).catch((error: unknown) => {
    if (error instanceof UpstreamError && error.code === 'FlavourNotFound') return undefined;
    throw error;
  });

/** The backend notes no owner, so that nobody but root can change what everybody can make (contract 2.4). */
function refusal(error: unknown): unknown {
  if (!(error instanceof UpstreamError)) return error;
  return error.code === 'ActionNotAllowed' ? new ForbiddenProblem('Only root may change flavours') : error;
}

/** All throw a `Problem` that the client can act on, or an outage. */
export function createFlavourWriter(handles: SourceHandles, viewer: Viewer, attempt: Attempt, intents: Intents): FlavourWriter {
  const administered = (source: string, what: string): SourceHandle => {
    const handle = requireHandle(handles, source);
    enforceRole(handle, viewer, 'admin', what);
    return handle;
  };
  return {
    create: (source, body, { idempotencyKey } = {}) =>
      attempt(
        'createFlavour',
        keyOf(source, body.name || '-'),
        async () => {
          const handle = requireHandle(handles, source);
          const send = (deadline?: number) => namingFields(fields, body.name, () => handle.client.createFlavour(body, { deadline }));
          if (idempotencyKey !== undefined)
            return keyed(intents, {
              idempotencyKey,
              input: body,
              maker: namedOn(handle, {
                kind: 'flavour',
                find: async () => (await findIfThere(handle, body.name))?.flavourName,
                isAbsent: () => isRefusedAs('FlavourNotFound', () => handle.reader.getFlavour(body.name)),
                send,
              }),
              read: (name) => findIfThere(handle, name),
            });
          const name = await send();
          return readBack(name, () => find(handle, name));
        },
        ({ key }) => key,
      ),

    update: (key, body) =>
      attempt('updateFlavour', key, async () => {
        const { source, id: name } = splitKey(key);
        const handle = administered(source, 'change flavours');
        await handle.client.updateFlavour(name, body).catch((error: unknown) => {
          // The flavour is there, or the client would have said `FlavourNotFound`: so it is about the cluster (contract 2.4).
          if (error instanceof UpstreamError && error.code === '' && error.status === 500)
            throw new InvalidInputProblem('must be the cluster that the flavour is bound to, and absent if there is none', 'clusterId');
          throw refusal(error);
        });
        return readBack(name, () => find(handle, name));
      }),

    delete: (key, { ignoreMissing }) =>
      attempt('deleteFlavour', key, async () => {
        const { source, id: name } = splitKey(key);
        try {
          const handle = administered(source, 'delete flavours');
          const isGone = () => isRefusedAs('FlavourNotFound', () => handle.reader.getFlavour(name));
          await deleting(name, () => handle.client.deleteFlavour(name).catch((error: unknown) => Promise.reject(refusal(error))), isGone);
        } catch (error) {
          const problem = problemOf(error, name);
          if (!(ignoreMissing && problem instanceof NotFoundProblem)) throw problem;
        }
      }),
  };
}
