import { UpstreamError } from '../../upstream/errors.ts';
import type { Maker, Sighting } from './intents.ts';

/** Something that is told apart by a name of its own, or by what takes the place of one, such as the user and the queue of a grant. */
export interface Named extends Pick<Maker, 'kind' | 'source' | 'sendMs' | 'lateMs'> {
  /** The id of what bears the name now; undefined when nothing is shown, which is no proof. */
  find(): Promise<string | undefined>;
  /** What bears the name is what was asked for. Left out: it cannot be anything else. */
  isAsAsked?(id: string): Promise<boolean>;
  /** Proved: nothing bears the name. */
  isAbsent(): Promise<boolean>;
  /** One call, which is refused where the name is taken; over by `deadline` (`performance.now()`). The id of what was made. */
  send(deadline: number): Promise<string>;
}

/** Finds again by its name what was made, knowing whether the name was taken before the call. */
export const namedMaker = ({ find, isAsAsked, isAbsent, send, ...thing }: Named): Maker => ({
  ...thing,
  afresh: true,
  since: async () => ((await find().catch(unlessRefused)) === undefined ? 0 : 1),
  send: (_mark, deadline) => send(deadline),
  async look({ since }): Promise<Sighting> {
    // The name was taken, so the call has made nothing, and the backend says so to who sends it again.
    if (since > 0) return 'absent';
    const found = await find();
    // Others have taken the name meanwhile: the same.
    if (found !== undefined) return isAsAsked === undefined || (await isAsAsked(found)) ? { found } : 'absent';
    return (await isAbsent()) ? 'absent' : unseen(thing);
  },
});

/** Who may not look can hardly make it either: that is for the backend to say. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof UpstreamError && error.fault === 'rejected')) throw error;
}

export const unseen = ({ kind, source }: Pick<Maker, 'kind' | 'source'>): Sighting => ({
  unknown: `${source} shows no ${kind} of that name, which proves nothing yet`,
});
