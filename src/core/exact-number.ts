/**
 * A number of JSON as somebody wrote it, where JavaScript would write another text: `1.0`, `1E5`, `-0`, more digits than a double holds. Each reader
 * of JSON makes of such numbers what it likes (some keep the text of what was sent), so they are handed on as they came.
 * It writes itself: `JSON.stringify` needs to know nothing of it.
 */
export class ExactNumber {
  /** As the grammar of JSON has it. */
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): unknown {
    return rawJson(this.text);
  }

  toString(): string {
    return this.text;
  }
}

/** TypeScript does not know it yet. Throws for what is not a single plain value of JSON. */
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/** A number of JSON, or of GraphQL, which writes them in the same way. A plain one wherever JavaScript gives that text back. */
export function numberOf(text: string): number | ExactNumber {
  const number = Number(text);
  return String(number) === text ? number : new ExactNumber(text);
}

/** What JavaScript itself takes an exact number for; every other value as it is. */
export const rounded = (value: unknown): unknown => (value instanceof ExactNumber ? Number(value.text) : value);

/** An object with members. */
export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
