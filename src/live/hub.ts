import { sql } from 'drizzle-orm';
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type Notification } from 'pg';
import type { Database } from '../db/database.ts';
import { createSocket } from '../db/socket.ts';
import { createComplaint, type Logs } from '../core/complaint.ts';
import { headChannel, pokeChannel } from './stream.ts';

/** What can be watched: the events of a source, or the log of one of its runs. */
export type Watched = { readonly source: string; readonly ordinal?: number };

/** One subscriber's look at one stream. */
export interface Watch {
  /** Resolves once the stream may reach beyond `seq`, or has gone back behind it, or the signal is aborted. */
  beyond(seq: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

export interface Hub {
  watch(stream: Watched): Watch;
  /** Calls back when somebody asks the leader of this source to look at a run. Returns how to stop that. */
  onPoke(source: string, listener: (ordinal: number) => void): () => void;
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
 * One LISTEN connection per process wakes all its subscribers. Heads are read again after each notification (for watched logs), after a
 * reconnect, and every few seconds: a lost notification costs time, never data. `silenceMs`: after which a connection that says nothing
 * is given up.
 */
export function createHub({
  db,
  directUrl,
  rereadMs = 5_000,
  silenceMs = 10_000,
  ...logs
}: Logs & { db: Database; directUrl: string; rereadMs?: number; silenceMs?: number }): Hub & { ready: Promise<void> } {
  const heads = new Map<string, Map<number, Head>>(); // source → ordinal (-1: the source's events) → head
  const pokes = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();
  const complaint = createComplaint(logs, 'The database can be listened to again');
  const reading = createComplaint(logs, 'The heads of the streams can be read again');
  const complain = (error: unknown) => {
    if (!closing.signal.aborted) complaint.failed(error);
  };
  const refreshing = new Map<string, { again: boolean }>();

  /** `back`: the database itself says that the stream ends earlier than we thought; it is an older copy, or a restored one. */
  function move(source: string, ordinal: number, seq: number, { back = false } = {}): void {
    const head = heads.get(source)?.get(ordinal);
    if (head === undefined || (seq < head.seq && !back)) return;
    const moved = seq !== head.seq;
    head.seq = seq;
    head.wake.emit('read', seq);
    if (moved) head.wake.emit('moved', seq);
  }

  /** One query for all watched streams of a source; notifications that come meanwhile are answered by one more. */
  async function refresh(source: string): Promise<void> {
    const running = refreshing.get(source);
    if (running) {
      running.again = true;
      return;
    }
    const state = { again: true };
    refreshing.set(source, state);
    try {
      while (state.again) {
        state.again = false;
        const before = new Map([...(heads.get(source) ?? [])].map(([ordinal, { seq }]) => [ordinal, seq]));
        const ordinals = [...before.keys()];
        if (ordinals.length === 0) return;
        const { rows } = await db.execute<{ ordinal: string; head: string }>(sql`
          select -1 as ordinal, event_head as head from source where name = ${source}
          union all
          select ordinal, log_head from run where source = ${source} and ordinal = any(${sql.param(ordinals)}::bigint[])`);
        for (const row of rows) {
          const ordinal = Number(row.ordinal);
          // What was notified while we read may be newer than what we have read.
          move(source, ordinal, Number(row.head), { back: heads.get(source)?.get(ordinal)?.seq === before.get(ordinal) });
        }
        reading.over();
      }
    } catch (error) {
      if (!closing.signal.aborted) reading.failed(error);
    } finally {
      refreshing.delete(source);
    }
  }
  const refreshAll = () => Promise.all([...heads.keys()].map(refresh));

  function onNotification({ channel, payload = '' }: Notification): void {
    const colon = payload.lastIndexOf(':');
    const source = payload.slice(0, colon);
    const number = Number(payload.slice(colon + 1));
    if (channel === pokeChannel) pokes.emit(pokeOf(source), number);
    else if (heads.has(source)) {
      move(source, -1, number);
      if ([...(heads.get(source)?.keys() ?? [])].some((ordinal) => ordinal !== -1)) void refresh(source);
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
      void refreshAll();
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
  const rereading = setInterval(() => void refreshAll(), rereadMs);

  return {
    ready,
    watch({ source, ordinal = -1 }) {
      const ofSource = heads.get(source) ?? new Map<number, Head>();
      heads.set(source, ofSource);
      const head = ofSource.get(ordinal) ?? { seq: -1, watchers: 0, wake: new EventEmitter().setMaxListeners(0) };
      ofSource.set(ordinal, head);
      head.watchers += 1;
      let open = true;
      return {
        async beyond(seq, signal) {
          // A stream nobody watched until now has an unknown head: one look, then wait.
          if (head.seq < 0) await refresh(source);
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
          if (head.watchers === 0) ofSource.delete(ordinal);
          if (ofSource.size === 0) heads.delete(source);
        },
      };
    },
    onPoke(source, listener) {
      pokes.on(pokeOf(source), listener);
      return () => void pokes.off(pokeOf(source), listener);
    },
    watchers: () =>
      [...heads.values()].reduce((sum, ofSource) => sum + [...ofSource.values()].reduce((n, { watchers }) => n + watchers, 0), 0),
    async close() {
      closing.abort();
      clearInterval(rereading);
      await running;
    },
  };
}
