import type { Row, Table } from '../state/table.ts';
import { ApiError } from './errors.ts';
import { readInteger } from './integer.ts';
import type { Cipher, MarkerComplaint } from './marker.ts';
import { rowOfMarker } from './marker.ts';

export interface Paging {
  readonly maxKeys: number;
  /** Rows after this one are wanted. */
  readonly after: number;
}

/** The three keys that stand next to every list; `nextMarker` is left out where there is no next page. */
export interface Envelope {
  readonly maxKeys: number;
  readonly isTruncated: boolean;
  readonly nextMarker?: string;
}

/** 1 to 1000, default 50, never clamped (3.1). */
export function readMaxKeys(query: URLSearchParams, text = (value: string) => `maxKeys[${value}] is invalid`): number {
  const value = query.get('maxKeys') ?? '';
  if (value === '') return 50;
  const number = readInteger(value) ?? 0;
  if (number < 1 || number > 1000) throw new ApiError('InvalidURI', text(value));
  return number;
}

/** What run caches and artifacts say of a bad `maxKeys` (1.8). */
export const pageLimitText = (value: string): string => `invalid query pageLimit[${value}]. should be an integer between 1~1000`;

export function readPaging(query: URLSearchParams, cipher: Cipher, complaint: MarkerComplaint): Paging {
  const maxKeys = readMaxKeys(query);
  return { maxKeys, after: rowOfMarker(query.get('marker') ?? '', cipher, complaint) };
}

/**
 * `exact` looks for a further row that would be shown; `misleading` only compares with the table's last row, whoever may see it, so that the
 * next page may be empty (3.1).
 */
export type PageFlag = 'exact' | 'misleading';

export function takePage<T extends Row>(
  table: Table<T>,
  { maxKeys, after }: Paging,
  cipher: Cipher,
  flag: PageFlag,
  wanted: (row: T) => boolean = () => true,
): { rows: T[]; envelope: Envelope } {
  const rows: T[] = [];
  let further = false;
  for (const row of table.after(after)) {
    if (!wanted(row)) continue;
    further = rows.length === maxKeys;
    if (further) break;
    rows.push(row);
  }
  const last = rows.at(-1);
  const isTruncated = last !== undefined && (flag === 'exact' ? further : last.number < table.lastNumber());
  return { rows, envelope: { maxKeys, isTruncated, ...(isTruncated ? { nextMarker: cipher.encrypt(String(last.number)) } : {}) } };
}

/** A page without rows, as a server answers that cannot read its database or one row of the page (2.7). */
export const emptyEnvelope = (maxKeys: number): Envelope => ({ maxKeys, isTruncated: false });

/** Exact words, not trimmed: `a, b` looks for ` b`. Undefined: no such filter. */
export function csvFilter(query: URLSearchParams, name: string): Set<string> | undefined {
  const value = query.get(name) ?? '';
  return value === '' ? undefined : new Set(value.split(','));
}

/** The other half of the lists trims its words and drops empty ones (3.4). */
export function trimmedCsvFilter(query: URLSearchParams, name: string): Set<string> | undefined {
  const words = (query.get(name) ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return words.length === 0 ? undefined : new Set(words);
}
