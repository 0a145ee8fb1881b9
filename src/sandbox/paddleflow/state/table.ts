/** A row's number is never given twice, not even after a delete. */
export interface Row {
  readonly number: number;
}

/** Rows in order of their numbers, as a database would keep them. */
export class Table<T extends Row> {
  readonly #rows: T[] = [];
  readonly #reserved = new Map<number, number>();
  #highest = 0;

  /** Takes the next number that is free. */
  takeNumber(): number {
    this.#highest += 1;
    for (let last = this.#reserved.get(this.#highest); last !== undefined; last = this.#reserved.get(this.#highest))
      this.#highest = last + 1;
    return this.#highest;
  }

  /** Leaves numbers unused, as deleted rows do. */
  skip(count: number): void {
    for (let index = 0; index < count; index += 1) this.takeNumber();
  }

  /** These numbers, first and last of each range, are never given. To be called before they come up. */
  reserve(ranges: readonly (readonly [first: number, last: number])[]): void {
    for (const [first, last] of ranges) this.#reserved.set(first, last);
  }

  add(row: T): T {
    this.#rows.push(row);
    this.#highest = Math.max(this.#highest, row.number);
    return row;
  }

  delete(row: T): void {
    const index = this.#indexAfter(row.number - 1);
    if (this.#rows[index] === row) this.#rows.splice(index, 1);
  }

  deleteWhere(unwanted: (row: T) => boolean): void {
    for (const row of this.#rows.filter(unwanted)) this.delete(row);
  }

  find(wanted: (row: T) => boolean): T | undefined {
    return this.#rows.find(wanted);
  }

  byNumber(number: number): T | undefined {
    const row = this.#rows[this.#indexAfter(number - 1)];
    return row?.number === number ? row : undefined;
  }

  all(): readonly T[] {
    return this.#rows;
  }

  *after(number: number): Iterable<T> {
    for (let index = this.#indexAfter(number); index < this.#rows.length; index += 1) {
      const row = this.#rows[index];
      if (row !== undefined) yield row;
    }
  }

  /** Of the last row that still exists, 0 without any. */
  lastNumber(): number {
    return this.#rows.at(-1)?.number ?? 0;
  }

  #indexAfter(number: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle]?.number ?? Infinity) <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
