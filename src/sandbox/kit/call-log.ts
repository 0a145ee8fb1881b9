/** One API call, as it arrived. */
export interface CallRecord {
  /** Counts up without holes while the process lives. */
  readonly seq: number;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** The client's own number of the request, or the one that the server chose. */
  readonly requestId: string;
  /** Null: not answered yet, or the connection was cut. */
  readonly status: number | null;
  /** Sandbox time. */
  readonly at: number;
}

/** The last calls, in order of arrival. */
export interface CallLog {
  /** Returns what has to be called with the status once it is sent. */
  arrived(call: Omit<CallRecord, 'seq' | 'status'>): (status: number) => void;
  /** Those with a higher `seq`. */
  since(seq: number): CallRecord[];
  clear(): void;
}

export function createCallLog(limit = 20_000): CallLog {
  let calls: { -readonly [K in keyof CallRecord]: CallRecord[K] }[] = [];
  let last = 0;
  return {
    arrived(call) {
      last += 1;
      const record = { seq: last, ...call, status: null as number | null };
      calls.push(record);
      if (calls.length > limit * 1.1) calls = calls.slice(-limit);
      return (status) => {
        record.status = status;
      };
    },
    since: (seq) => calls.filter((call) => call.seq > seq).map((call) => ({ ...call })),
    clear() {
      calls = [];
    },
  };
}
