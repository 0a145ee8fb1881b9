import type { IntentStatus } from '../../db/tables.ts';

/**
 * What is known of a write that was asked for with a key. An arrow is taken by one process only, and only by who knows the present claim.
 *
 *   claimed ───▶ SENT ─── accepted, found ──────────────────────────────▶ CONFIRMED
 *     ▲           │ │                                                     ▲  ▲
 *     │           │ └──── lost ──▶ UNCONFIRMED ─── accepted, found ───────┘  │
 *     │        refused               │      │                                │
 *     │           ▼                  │      └── absent ──▶ NOT_MADE ── accepted, found
 *     │        REJECTED ◀─ refused ──┘                        │
 *     │           │                                           │
 *     └───────────┴──────────────── claimed ──────────────────┘
 *
 * lost: no answer came, or the process that was to get it has died. absent: the time in which the backend could have carried it out is over, and
 * everything that was made until then has been read: it is not among it. found: it is. After CONFIRMED nothing changes any more.
 */
export const transitions = {
  SENT: { accepted: 'CONFIRMED', found: 'CONFIRMED', refused: 'REJECTED', lost: 'UNCONFIRMED' },
  UNCONFIRMED: { accepted: 'CONFIRMED', found: 'CONFIRMED', refused: 'REJECTED', absent: 'NOT_MADE' },
  NOT_MADE: { accepted: 'CONFIRMED', found: 'CONFIRMED', claimed: 'SENT' },
  REJECTED: { claimed: 'SENT' },
  CONFIRMED: {},
} as const satisfies Record<IntentStatus, Partial<Record<IntentEvent, IntentStatus>>>;

export type IntentEvent = 'accepted' | 'found' | 'refused' | 'lost' | 'absent' | 'claimed';

/** Where an event leads from, and where to. */
export function arrowsOf(event: IntentEvent): { readonly from: readonly IntentStatus[]; readonly to: IntentStatus } {
  const table: Record<IntentStatus, Partial<Record<IntentEvent, IntentStatus>>> = transitions;
  const from = statuses.filter((status) => table[status][event] !== undefined);
  const [to] = from.map((status) => table[status][event]);
  if (to === undefined) throw new Error(`nothing leads anywhere by ${event}`);
  return { from, to };
}
const statuses: readonly IntentStatus[] = ['SENT', 'UNCONFIRMED', 'NOT_MADE', 'REJECTED', 'CONFIRMED'];
