/** Something that goes on by itself: a run, a job of nobody's run, a schedule. */
export interface Mover {
  /** Of those due at the same moment: runs before jobs before schedules, then the older row. So a run that ends makes place for a scheduled one. */
  readonly order: readonly [kind: 0 | 1 | 2, number: number];
  /** When something happens next. Undefined: nothing will, and the mover is dropped until it is added again; Infinity: it waits for another one. */
  nextAt(): number | undefined;
  advance(at: number): void;
}

export interface Due {
  readonly mover: Mover;
  readonly at: number;
}

export class Movers {
  readonly #moving = new Set<Mover>();

  add(mover: Mover): void {
    this.#moving.add(mover);
  }

  delete(mover: Mover): void {
    this.#moving.delete(mover);
  }

  /** The first of all that are due until `to`. */
  first(to: number): Due | undefined {
    let found: Due | undefined;
    for (const mover of this.#moving) {
      const at = mover.nextAt();
      if (at === undefined) this.#moving.delete(mover);
      else if (at <= to && (found === undefined || isBefore({ mover, at }, found))) found = { mover, at };
    }
    return found;
  }
}

function isBefore(a: Due, b: Due): boolean {
  if (a.at !== b.at) return a.at < b.at;
  const [[kindOfA, numberOfA], [kindOfB, numberOfB]] = [a.mover.order, b.mover.order];
  return kindOfA === kindOfB ? numberOfA < numberOfB : kindOfA < kindOfB;
}
