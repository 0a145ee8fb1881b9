import { InvalidCallError } from '../errors.ts';

/**
 * A name or id as one segment of a path. A path ending in `login` skips authentication (1.4), `..` would leave its folder,
 * and no PaddleFlow name holds a slash or a control character.
 */
export function segment(name: string): string {
  if (name === '' || name === '.' || name === '..') throw new InvalidCallError('name', 'must not be empty, "." or ".."');
  if (/login$/i.test(name)) throw new InvalidCallError('name', 'must not end in "login"');
  if (/[/\\\p{Cc}]/u.test(name) || !name.isWellFormed()) throw new InvalidCallError('name', 'holds a character that no name has');
  return encodeURIComponent(name);
}

/** Other values of hexadecimal form make the server drop the connection (1.9). Absent or `""` is the first page. */
export function markerParameter(marker: string | undefined): string | undefined {
  if (!marker) return undefined;
  if (!/^[0-9a-f]{32}$/.test(marker)) throw new InvalidCallError('marker', 'is not one that the server gave out');
  return marker;
}

/** The server refuses other values instead of clamping them (3.1). */
export function maxKeysParameter(maxKeys: number): string {
  if (!Number.isInteger(maxKeys) || maxKeys < 1 || maxKeys > 1000)
    throw new InvalidCallError('maxKeys', 'must be an integer from 1 to 1000');
  return String(maxKeys);
}

/** Filters are comma separated and know no escaping (3.4), so a value with a comma would become two, and an empty one matches nothing or everything. */
export function csvParameter(field: string, values: readonly string[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  if (values.length === 0) throw new InvalidCallError(field, 'must not be empty: the server would take that for "no filter"');
  if (values.some((value) => value === '' || value.includes(','))) throw new InvalidCallError(field, 'holds an empty value or a comma');
  return values.join(',');
}

/** A page of the log has at most 100 lines, and a negative number makes the server drop the connection (1.9, 2.13). */
export function logPageParameters(pageNo: number, pageSize: number): { pageNo: string; pageSize: string } {
  if (!Number.isSafeInteger(pageNo) || pageNo < 1) throw new InvalidCallError('pageNo', 'must be a positive integer');
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 100)
    throw new InvalidCallError('pageSize', 'must be an integer from 1 to 100');
  return { pageNo: String(pageNo), pageSize: String(pageSize) };
}
