/** Something is missing in a stream. */
export interface StreamGap {
  readonly kind: 'StreamGap';
  readonly cursor: string;
  readonly reason: 'RETENTION' | 'CEILING' | 'RESET' | 'UNREADABLE';
  readonly fromTime: Date | null;
  readonly toTime: Date | null;
  readonly missingLines: number | null;
}
export interface StreamEnd {
  readonly kind: 'StreamEnd';
  readonly cursor: string;
  readonly reason: 'COMPLETED' | 'DELETED';
}

/** The stream is told from its start. */
export const gapByReset = (cursor: string): StreamGap => {
  return { kind: 'StreamGap', cursor, reason: 'RESET', fromTime: null, toTime: null, missingLines: null };
};
