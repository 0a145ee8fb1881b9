/** At most `limit` steps of a run at a time (7.1); who waits longest comes next. */
export class Slots {
  readonly #limit: number;
  readonly #waiting: ((at: number) => void)[] = [];
  #taken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  take(run: (at: number) => void, at: number): void {
    if (this.#taken >= this.#limit) {
      this.#waiting.push(run);
      return;
    }
    this.#taken += 1;
    run(at);
  }

  /** Somebody who waits gives up. */
  leave(run: (at: number) => void): void {
    const index = this.#waiting.indexOf(run);
    if (index >= 0) this.#waiting.splice(index, 1);
  }

  release(at: number): void {
    this.#taken -= 1;
    const next = this.#waiting.shift();
    if (next !== undefined) this.take(next, at);
  }
}
