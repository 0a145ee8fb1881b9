interface Moment {
  readonly at: number;
  readonly action: (at: number) => void;
}

/** What will happen, in order of time and, at the same time, in the order in which it was arranged. */
export class Timeline {
  readonly #moments: Moment[] = [];

  /** Not before what is already past: the machine never goes back. */
  at(at: number, action: (at: number) => void): void {
    let index = this.#moments.length;
    while (index > 0 && (this.#moments[index - 1]?.at ?? 0) > at) index -= 1;
    this.#moments.splice(index, 0, { at, action });
  }

  next(): number | undefined {
    return this.#moments[0]?.at;
  }

  advance(to: number): void {
    for (let next = this.#moments[0]; next !== undefined && next.at <= to; next = this.#moments[0]) {
      this.#moments.shift();
      next.action(next.at);
    }
  }
}
