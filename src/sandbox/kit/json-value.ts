/** A number as it was written, with every digit: JSON says nothing of how many of them a reader can hold. */
export class NumberLiteral {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object with its keys in the order of the text, repeated ones included: what becomes of those is for whoever reads it. */
export class JsonObject {
  readonly entries: readonly (readonly [key: string, value: Json])[];

  constructor(entries: readonly (readonly [string, Json])[]) {
    this.entries = entries;
  }
}

export type Json = null | boolean | string | NumberLiteral | JsonObject | readonly Json[];

/** A value that nobody has said the shape of, each key once. `NumberLiteral` where the reader keeps numbers as they were written. */
export type OpenValue = null | boolean | string | number | NumberLiteral | readonly OpenValue[] | OpenMap;
export type OpenMap = ReadonlyMap<string, OpenValue>;
