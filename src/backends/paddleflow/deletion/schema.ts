import { builder } from '../../../graphql/builder.ts';
import { encodeGlobalId } from '../../../graphql/global-id.ts';
import type { Deletion, DeletionEffects } from './deletion.ts';

const ids = (typename: string, keys: readonly string[]) => keys.map((key) => encodeGlobalId(typename, key));

/** What may hang on something. */
const lists = {
  unfinishedRunIds: {
    description: 'Runs that have not ended and use it, oldest first.',
    of: ({ runs }: DeletionEffects) => ids('Run', runs),
  },
  scheduleIds: { description: 'Running schedules that use it.', of: ({ schedules }: DeletionEffects) => ids('Schedule', schedules) },
  queueIds: { description: 'Queues that go along with it.', of: ({ queues }: DeletionEffects) => ids('Queue', queues) },
} as const;
const texts = {
  grantedUserNames: {
    description: 'Names of the users whose grants go along, each once.',
    of: ({ grantedUsers }: DeletionEffects) => [...new Set(grantedUsers)],
  },
  linkPaths: { description: 'Paths of the links that go along.', of: ({ linkPaths }: DeletionEffects) => [...linkPaths] },
} as const;
type Effect = keyof typeof lists | keyof typeof texts;
const isText = (name: Effect): name is keyof typeof texts => name in texts;

/** Only what can hang on a thing of that kind: a list that is always empty would be a question to everybody who reads it. */
const effectsRef = (typename: string, effects: readonly Effect[]) =>
  builder.objectRef<DeletionEffects>(`${typename}DeletionEffects`).implement({
    description: 'What hangs on it. Unfinished runs and running schedules mostly make the backend refuse; all else goes along.',
    fields: (t) =>
      Object.fromEntries(
        effects.map((name) =>
          isText(name)
            ? [name, t.stringList({ description: texts[name].description, resolve: texts[name].of })]
            : [name, t.idList({ description: lists[name].description, resolve: lists[name].of })],
        ),
      ),
  });

/** Payload of a delete with `dryRun`. `what` begins a sentence: "The queue". */
export const deletionPayload = (typename: string, what: string, effects: readonly Effect[]) =>
  builder.objectRef<Deletion>(`Delete${typename}Payload`).implement({
    description: `${what} is gone or, with \`dryRun\`, untouched.`,
    fields: (t) => ({
      deletedId: t.id({
        nullable: true,
        description: 'Global id of what is gone, for the caches of clients. Null with `dryRun`.',
        resolve: ({ key, affected }) => (affected === null ? encodeGlobalId(typename, key) : null),
      }),
      affected: t.expose('affected', {
        type: effectsRef(typename, effects),
        nullable: true,
        description: 'What hangs on it; only with `dryRun`, otherwise null.',
      }),
    }),
  });
