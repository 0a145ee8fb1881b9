import { setTimeout as delay } from 'node:timers/promises';
import type { ServerShare } from './embedded-share.ts';

/** As long as the server lives, others who lost their share have a new one after so many milliseconds. */
const othersReturnMs = 1_000;

/**
 * A share that lasts as long as the server. When one of the server's processes crashes, or is killed as memory runs out, PostgreSQL ends
 * all sessions, recovers and goes on; the shares of all its users have gone with the sessions, and each takes a new one. `rejoin` gives
 * that, or undefined when the server is no more; then `onGone` is called, unless we are leaving.
 */
export function keepShare(first: ServerShare, rejoin: () => Promise<ServerShare | undefined>, onGone: (cause: Error) => void) {
  let current: Promise<ServerShare | undefined> = Promise.resolve(first);
  let regainedAt = -Infinity;
  let leaving = false;

  const watch = (share: ServerShare) => void share.lost.then((cause) => (current = regain(cause)));
  async function regain(cause: Error): Promise<ServerShare | undefined> {
    const share = await rejoin();
    if (share) {
      regainedAt = performance.now();
      watch(share);
    } else if (!leaving) onGone(cause);
    return share;
  }
  watch(first);

  return {
    /** True: nobody else uses the server, and until `end` nobody can begin to. */
    async leave(): Promise<boolean> {
      leaving = true;
      for (;;) {
        await current;
        // Who leaves straight after a crash must not take those for gone who are just coming back.
        await delay(Math.max(0, regainedAt + othersReturnMs - performance.now()));
        const share = await current;
        if (share === undefined) return true;
        try {
          return await share.leave();
        } catch (error) {
          current = regain(error as Error); // `pg` throws nothing else
        }
      }
    },
    async end(): Promise<void> {
      await (await current)?.end();
    },
  };
}
