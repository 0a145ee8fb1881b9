import type { Sighting } from './log-page.ts';

/**
 * When the log of a step is over. The upstream has one answer for "no more" and for "cannot be read", and none for "it is gone", so a step's
 * end is the beginning of looking, not its result:
 *
 *               ┌───────── grew ─────────┐
 *               │                        │
 *   step ends   ▼                        │  whole, finalMs later, as seen from both ends
 *  ──────────▶ OPEN ── grew, whole ──▶ DRAINED ───────────────────────────────────────────▶ over, complete
 *               │                        │
 *               │                        │ absent, unreadable: waits, and is
 *               │                        │ over, complete, once its pod is gone
 *               │
 *               ├ silent ──────▶ waits; after silentMs over, complete, if another log shows lines before and after one more look: else nobody can tell
 *               │                a step that wrote nothing from one that cannot be read. Over with a gap UNREADABLE once its pod
 *               │                should be gone
 *               ├ unreadable ▶ waits; over with a gap UNREADABLE once its pod should be gone, and after silentMs of that
 *               └ absent ────▶ waits; over with a gap RETENTION once its pod is gone, twice in a row. For silentMs in a row:
 *                              over, complete, where the job never started; over with that gap where it was stopped,
 *                              for a stop deletes the pod
 *
 * Whatever does not prove anything leaves the log where it is, and it is looked at again.
 */
export type Look = Sighting;

/** What is known of an ended step's log before a look. */
export interface Standing {
  /** It was read to its end, after the step had ended; when. */
  readonly drainedAt: Date | null;
  /** Its pod is gone, by all that is known of the upstream's retention. */
  readonly gone: boolean;
  /** It was stopped, and its pod deleted. */
  readonly stopped: boolean;
}

/** Looks in a row that showed the same, this one included. */
export interface Streak {
  readonly look: Look;
  readonly since: Date;
  readonly looks: number;
  /** Since when no look has shown a line: `absent` and `unreadable` alternate. */
  readonly fruitlessSince: Date;
}

export interface EndTimes {
  /** Between the two looks that prove an end, in milliseconds. */
  readonly finalMs: number;
  /** How long nothing must have shown before nothing is believed, in milliseconds. */
  readonly silentMs: number;
}

export type Verdict =
  | 'wait'
  | 'drained'
  /** Over if it can also be seen from the other end. */
  | 'over-if-whole'
  /** Over if the log of another step shows that logs can be read at all; as one that may have lines once its pod should be gone. */
  | 'over-if-silent'
  /** Over if the job itself says that it never started. */
  | 'over-if-never-begun'
  | 'over'
  | { readonly gap: 'RETENTION' | 'UNREADABLE' };

/** A log that has shown nothing must have done so this often, whatever the pauses were. */
const silentLooks = 4;

/** `more`: there are lines left that can be read at once. */
export function judge({ drainedAt, gone, stopped }: Standing, streak: Streak, more: boolean, now: Date, times: EndTimes): Verdict {
  const lasting = now.getTime() - streak.since.getTime() >= times.silentMs && streak.looks >= silentLooks;
  switch (streak.look) {
    case 'grew':
      return more ? 'wait' : 'drained';
    case 'whole':
      if (drainedAt === null) return 'drained';
      return now.getTime() - drainedAt.getTime() >= times.finalMs ? 'over-if-whole' : 'wait';
    case 'silent':
      return lasting ? 'over-if-silent' : 'wait';
    case 'absent':
      if (gone && streak.looks > 1) return drainedAt === null ? { gap: 'RETENTION' } : 'over';
      if (!lasting) return 'wait';
      if (stopped && drainedAt !== null) return 'over';
      return 'over-if-never-begun';
    case 'unreadable': {
      const fruitlessMs = now.getTime() - streak.fruitlessSince.getTime();
      if (!gone || fruitlessMs < times.silentMs) return 'wait';
      return drainedAt === null ? { gap: 'UNREADABLE' } : 'over';
    }
  }
}

/** The streak that a look makes of the one before. */
export function streakAfter(before: Streak | undefined, look: Look, now: Date): Streak {
  const fruitless = look === 'absent' || look === 'unreadable';
  const fruitlessSince = fruitless && before && (before.look === 'absent' || before.look === 'unreadable') ? before.fruitlessSince : now;
  return before?.look === look ? { ...before, looks: before.looks + 1, fruitlessSince } : { look, since: now, looks: 1, fruitlessSince };
}

/** One look at all containers of a step: it proves no more than the one that shows least. */
export function lookOf(sightings: readonly Sighting[]): Look {
  if (sightings.every((seen) => seen === 'absent')) return 'absent'; // also where there is none
  const least: readonly Look[] = ['unreadable', 'absent', 'grew', 'silent', 'whole'];
  const look = least.find((one) => sightings.includes(one)) ?? 'absent';
  return look === 'absent' ? 'unreadable' : look; // some containers are there and others, which have been, are not
}
