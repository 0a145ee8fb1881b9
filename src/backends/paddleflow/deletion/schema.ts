import { builder } from '../../../graphql/builder.ts';
import { encodeGlobalId } from '../../../graphql/global-id.ts';
import type { Deletion, DeletionEffects } from './deletion.ts';

const ids = (typename: string, keys: readonly string[]) => keys.map((key) => encodeGlobalId(typename, key));

const DeletionEffectsRef = builder.objectRef<DeletionEffects>('DeletionEffects').implement({
  description:
    'What hangs on something that is to be deleted. Unfinished runs and running schedules mostly make the backend refuse; queues, grants and links go along.',
  fields: (t) => ({
    unfinishedRunIds: t.idList({
      description: 'Runs that have not ended and use it, oldest first.',
      resolve: ({ runs }) => ids('Run', runs),
    }),
    scheduleIds: t.idList({ description: 'Running schedules that use it.', resolve: ({ schedules }) => ids('Schedule', schedules) }),
    queueIds: t.idList({ description: 'Queues that go along with it.', resolve: ({ queues }) => ids('Queue', queues) }),
    grantedUsers: t.stringList({
      description: 'Names of the users whose grants go along, each once.',
      resolve: ({ grantedUsers }) => [...new Set(grantedUsers)],
    }),
    linkPaths: t.stringList({ description: 'Paths of the links that go along.', resolve: ({ linkPaths }) => [...linkPaths] }),
  }),
});

/** Payload of a delete with `dryRun`. `what` begins a sentence: "The queue". */
export const deletionPayload = (typename: string, what: string) =>
  builder.objectRef<Deletion>(`Delete${typename}Payload`).implement({
    description: `${what} is gone or, with \`dryRun\`, untouched.`,
    fields: (t) => ({
      deletedId: t.id({
        nullable: true,
        description: 'Global id of what is gone, for the caches of clients. Null with `dryRun`.',
        resolve: ({ key, affected }) => (affected === null ? encodeGlobalId(typename, key) : null),
      }),
      dryRun: t.boolean({ description: 'Nothing was written.', resolve: ({ affected }) => affected !== null }),
      affected: t.expose('affected', {
        type: DeletionEffectsRef,
        nullable: true,
        description: 'What hangs on it; only with `dryRun`, otherwise null.',
      }),
    }),
  });
