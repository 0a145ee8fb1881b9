import { GraphQLError, type ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { leavable } from '../core/leavable.ts';
import type { Session } from './session.ts';
import type { SessionWatch } from './session-watch.ts';
import { UnauthenticatedError } from './unauthenticated.ts';
import type { Viewer } from './viewer.ts';

/** Ends subscriptions with their sessions: nothing is delivered any more, and the client gets UNAUTHENTICATED with the reason. */
export function useSessionEnds(sessions: SessionWatch): Plugin {
  return {
    onSubscribe({ args }) {
      const { session } = (args.contextValue as unknown as { viewer: Viewer }).viewer; // what `startTributary` makes
      if (session === undefined) return undefined;
      return {
        onSubscribeResult({ result, setResult }) {
          if (Symbol.asyncIterator in result) setResult(endWith(session, sessions, result));
        },
      };
    },
  };
}

function endWith(
  session: Session,
  sessions: SessionWatch,
  results: AsyncIterable<ExecutionResult>,
): AsyncIterableIterator<ExecutionResult> {
  const iterator = results[Symbol.asyncIterator]();
  let over: Error | undefined;
  let fail: ((error: Error) => void) | undefined;
  const watch = sessions.watch(session, (end) => {
    over = end;
    fail?.(end);
  });
  return leavable({
    async next() {
      try {
        // One promise each time: a race against the end would keep every item until then.
        const item = await new Promise<IteratorResult<ExecutionResult>>((resolve, reject) => {
          fail = reject;
          if (over) reject(over);
          else iterator.next().then(resolve, reject);
        });
        if (item.done !== true) await sessions.check(session);
        return item;
      } catch (error) {
        // Outside of fields nobody makes a GraphQLError of it.
        throw error instanceof UnauthenticatedError ? new GraphQLError(error.message, { extensions: error.extensions }) : error;
      }
    },
    leave() {
      watch.close();
      void iterator.return?.().catch(() => {}); // whoever left does not hear about it any more
    },
  });
}
