/** A body that is being received. */
export interface Receipt {
  /** So many bytes more are kept for it. */
  add(bytes: number): void;
  end(): void;
}

/**
 * All that is kept of bodies which have not come to their end, in bytes. Beyond `maxBytes` the body that has taken longest is given up: the others
 * are on their way, and who sends half a body on many connections has only their own to lose.
 */
export function createIntake(maxBytes: number) {
  const receipts = new Map<Receipt, { bytes: number; giveUp: () => void }>();
  let kept = 0;
  return {
    begin(giveUp: () => void): Receipt {
      const entry = { bytes: 0, giveUp };
      const receipt: Receipt = {
        add(bytes) {
          if (!receipts.has(receipt)) return;
          entry.bytes += bytes;
          kept += bytes;
          for (const [oldest, { giveUp: refuse }] of receipts) {
            if (kept <= maxBytes) break;
            oldest.end();
            refuse();
          }
        },
        end() {
          if (receipts.delete(receipt)) kept -= entry.bytes;
        },
      };
      receipts.set(receipt, entry);
      return receipt;
    },
  };
}
export type Intake = ReturnType<typeof createIntake>;
