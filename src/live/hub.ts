import { sql } from 'drizzle-orm';
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type Notification } from 'pg';
import type { Database } from '../db/database.ts';
import { createSocket } from '../db/socket.ts';
import { streams } from '../db/tables.ts';
import { createComplaint, type Logs } from '../core/complaint.ts';
import { headChannel, pokeChannel } from './stream.ts';

/** One subscriber's look at one stream. */
export interface Watch {
  /** Resolves once the stream may reach beyond `seq`, or has gone back behind it, or the signal is aborted. */
  beyond(seq: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

export interface Hub {
  /** By the stream's key, such as `events:prod`. */
  watch(stream: string): Watch;
  /** Calls back when somebody asks the leader of this source to look at a piece of its work, with its id. Returns how to stop that. */
  onPoke(source: string, listener: (id: string) => void): () => void;
  /** How many streams are watched, and by how many: what tests state after leaving. */
  watchers(): number;
  close(): Promise<void>;
}

/** Not the bare name: an emitter has a meaning of its own for `error`. */
const pokeOf = (source: string) => `poke ${source}`;

interface Head {
  seq: number;
  watchers: number;
  readonly wake: EventEmitter;
}

/**
 * One LISTEN connection per process wakes all its subscribers. Heads are read again after a reconnect, and every few seconds: a lost
 * notification costs time, never data. `silenceMs`: after which a connection that says nothing
 * is given up.
 */
export function createHub({
  db,
  directUrl,
  rereadMs = 5_000,
  silenceMs = 10_000,
  ...logs
}: Logs & { db: Database; directUrl: string; rereadMs?: number; silenceMs?: number }): Hub & { ready: Promise<void> } {
  const heads = new Map<string, Head>();
  const pokes = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();
  const complaint = createComplaint(logs, 'The database can be listened to again');
  const reading = createComplaint(logs, 'The heads of the streams can be read again');
  const complain = (error: unknown) => {
    if (!closing.signal.aborted) complaint.failed(error);
  };
  let refreshing: { again: boolean } | undefined;

  /** `back`: the database itself says that the stream ends earlier than we thought; it is an older copy, or a restored one. */
  function move(stream: string, seq: number, { back = false } = {}): void {
    const head = heads.get(stream);
    if (head === undefined || (seq < head.seq && !back)) return;
    const moved = seq !== head.seq;
    head.seq = seq;
    head.wake.emit('read', seq);
    if (moved) head.wake.emit('moved', seq);
  }

  /** One query for all watched streams; whoever asks meanwhile is answered by one more. */
  async function refresh(): Promise<void> {
    if (refreshing) {
      refreshing.again = true;
      return;
    }
    const state = { again: true };
    refreshing = state;
    try {
      while (state.again && heads.size > 0) {
        state.again = false;
        const before = new Map([...heads].map(([stream, { seq }]) => [stream, seq]));
        const rows = await db
          .select()
          .from(streams)
          .where(sql`${streams.key} = any(${sql.param([...before.keys()])}::text[])`);
        const found = new Map(rows.map(({ key, head }) => [key, head]));
        // What was notified while we read may be newer than what we have read.
        for (const [stream, seq] of before) move(stream, found.get(stream) ?? 0, { back: heads.get(stream)?.seq === seq });
        reading.over();
      }
    } catch (error) {
      if (!closing.signal.aborted) reading.failed(error);
    } finally {
      refreshing = undefined;
    }
  }

  function onNotification({ channel, payload = '' }: Notification): void {
    if (channel === pokeChannel) {
      const colon = payload.indexOf(':');
      pokes.emit(pokeOf(payload.slice(0, colon)), payload.slice(colon + 1));
    } else {
      const space = payload.lastIndexOf(' ');
      move(payload.slice(0, space), Number(payload.slice(space + 1)));
    }
  }

  async function listenOnce(listening: () => void): Promise<void> {
    const socket = createSocket(silenceMs);
    const client = new Client({
      connectionString: directUrl,
      stream: () => socket,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      application_name: 'tributary listen',
    });
    const ended = new Promise<void>((resolve) => {
      client.on('end', resolve).on('error', (error) => {
        complain(error);
        resolve();
      });
    });
    const stop = () => void socket.destroy(); // no farewell: it could have to wait for one that is silent
    closing.signal.addEventListener('abort', stop, { once: true });
    try {
      await client.connect();
      client.on('notification', onNotification);
      await client.query(`listen ${headChannel}; listen ${pokeChannel}`);
      listening();
      complaint.over();
      void refresh();
      // Who only listens does not hear that the other has fallen silent. After the end the question fails.
      for (;;) {
        await Promise.race([ended, delay(rereadMs, undefined, { ref: false })]);
        await client.query('select 1');
      }
    } finally {
      closing.signal.removeEventListener('abort', stop);
      stop();
    }
  }

  const { promise: ready, resolve: listening } = Promise.withResolvers<void>();
  async function listen(): Promise<void> {
    while (!closing.signal.aborted) {
      await listenOnce(listening).catch(complain);
      await delay(250, undefined, { signal: closing.signal }).catch(() => {});
    }
  }
  const running = listen();
  const rereading = setInterval(() => void refresh(), rereadMs);

  return {
    ready,
    watch(stream) {
      const head = heads.get(stream) ?? { seq: -1, watchers: 0, wake: new EventEmitter().setMaxListeners(0) };
      heads.set(stream, head);
      head.watchers += 1;
      let open = true;
      return {
        async beyond(seq, signal) {
          // A stream nobody watched until now has an unknown head: one look, then wait.
          if (head.seq < 0) await refresh();
          while (head.seq <= seq && !signal.aborted) {
            // Who is ahead of the head has either outrun a notification, or the stream has gone back: the next reading tells.
            const news = head.seq < seq ? 'read' : 'moved';
            const [now] = (await once(head.wake, news, { signal }).catch(() => [])) as number[]; // rejects when aborted
            if (now !== undefined && now < seq) return;
          }
        },
        close() {
          if (!open) return;
          open = false;
          head.watchers -= 1;
          if (head.watchers === 0) heads.delete(stream);
        },
      };
    },
    onPoke(source, listener) {
      pokes.on(pokeOf(source), listener);
      return () => void pokes.off(pokeOf(source), listener);
    },
    watchers: () => [...heads.values()].reduce((sum, { watchers }) => sum + watchers, 0),
    async close() {
      closing.abort();
      clearInterval(rereading);
      await running;
    },
  };
}
