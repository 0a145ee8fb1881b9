import { NumberLiteral } from '../../kit/json-value.ts';

/**
 * What YAML gives after its way through JSON. A bigint is a whole number too large for a double, but not for 64
 * bits; a NumberLiteral came in the JSON of `POST /run`, whose decoder keeps numbers as text (1.5), so that it never passes for an `int` or a `float` (7.6).
 */
export type Value = null | boolean | number | bigint | string | NumberLiteral | readonly Value[] | ValueMap;
export interface ValueMap {
  readonly [key: string]: Value;
}

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isMap = (value: Value | undefined): value is ValueMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberLiteral);

export const isNumber = (value: Value | undefined): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

/** The words of Go for a type, for messages. */
export function typeName(value: Value): string {
  if (value === null) return 'nil';
  if (isList(value)) return 'list';
  if (isMap(value)) return 'map';
  if (isNumber(value)) return Number.isInteger(Number(value)) ? 'int' : 'float';
  return value instanceof NumberLiteral ? 'json.Number' : typeof value === 'boolean' ? 'bool' : 'string';
}

/** How Go's `%v` writes a value: whole numbers plainly, floats shortest with an exponent from 1e+06 on, lists as `[1 2 3]` (section 5). */
export function formatValue(value: Value): string {
  if (value === null) return '<nil>';
  if (value instanceof NumberLiteral) return value.text;
  if (isList(value)) return `[${value.map(formatValue).join(' ')}]`;
  if (isMap(value)) {
    const pairs = Object.keys(value).toSorted();
    return `map[${pairs.map((key) => `${key}:${formatValue(value[key] ?? null)}`).join(' ')}]`;
  }
  return typeof value === 'number' ? formatNumber(value) : String(value);
}

function formatNumber(value: number): string {
  // The JSON in between writes whole numbers below 1e21 without a point, so that they come back as integers.
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return BigInt(value).toString();
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(value);
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
