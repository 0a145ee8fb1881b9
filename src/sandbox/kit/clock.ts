/** The sandbox's own time. It never goes back. */
export interface ClockReading {
  readonly mode: 'real' | 'manual';
  /** Sandbox seconds per second of the wall; without meaning in manual mode. */
  readonly rate: number;
}

export class Clock {
  #mode: ClockReading['mode'] = 'manual';
  #rate = 1;
  /** The sandbox's time and the wall's at the same moment. */
  #at: number;
  #wall: number;
  readonly #readWall: () => number;

  constructor(at: number, readWall: () => number = Date.now) {
    this.#at = at;
    this.#readWall = readWall;
    this.#wall = readWall();
  }

  get reading(): ClockReading {
    return { mode: this.#mode, rate: this.#rate };
  }

  now(): number {
    if (this.#mode === 'manual') return this.#at;
    return this.#at + Math.max(0, Math.floor((this.#readWall() - this.#wall) * this.#rate));
  }

  /** `at` and `wall` tie the two times together, so that time went on while no process lived. */
  set({ mode, rate }: ClockReading, at = this.now(), wall = this.#readWall()): { at: number; wall: number } {
    this.#at = at;
    this.#wall = wall;
    this.#mode = mode;
    this.#rate = rate;
    return { at, wall };
  }

  /** By hand, in either mode. */
  advance(milliseconds: number): number {
    this.#at += milliseconds;
    return this.now();
  }
}
