interface TraceLine {
  readonly key: string;
  readonly at: number;
  readonly text: string;
}

/** The server's own lines about a run and its jobs: `submitLog` (2.13). */
export class Trace {
  readonly #lines: TraceLine[] = [];

  /** `key` is the run's id or a job's. */
  add(key: string, at: number, text: string): void {
    this.#lines.push({ key, at, text });
  }

  /** The lines of these keys, key by key; undefined if there are none. */
  text(keys: readonly string[], formatTime: (at: number) => string): string | undefined {
    const lines = keys.flatMap((key) => this.#lines.filter((line) => line.key === key));
    if (lines.length === 0) return undefined;
    return lines.map((line) => `${stamp(formatTime(line.at))} [INFO] ${line.key} ${line.text}\n`).join('');
  }
}

/** What looks like a fraction of the second is the two-digit year (2.13). */
const stamp = (time: string): string => `[${time}.${time.slice(2, 4)}]`;
