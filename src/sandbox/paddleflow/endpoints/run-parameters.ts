import { firstValue } from '../wire/json.ts';

/** Not in TypeScript's library yet; Node 24 has it. */
declare global {
  interface JSON {
    rawJSON(text: string): unknown;
    parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): unknown;
  }
}

/** The `parameters` of a `POST /run` for showing them: numbers keep the literal form in which they were sent (1.5), so that `1.0` stays `1.0`. */
export function literalNumbers(body: string): Readonly<Record<string, unknown>> | null {
  const value = JSON.parse(firstValue(body), (_key, item, { source }) =>
    typeof item === 'number' ? JSON.rawJSON(source ?? '0') : item,
  ) as Record<string, unknown> | null; // it has been decoded as such before
  const parameters = Object.entries(value ?? {}).findLast(([key, item]) => key.toLowerCase() === 'parameters' && item !== null)?.[1];
  return (parameters as Record<string, unknown> | undefined) ?? null;
}
