import { InvalidCallError } from '../../../upstream/errors.ts';

/** What the lists of the graph call the parameters of the backend's lists (contract 3.4). */
const argumentOf: Readonly<Record<string, string>> = {
  userFilter: 'ownerNames',
  username: 'ownerName',
  nameFilter: 'names',
  fsFilter: 'fileSystemNames',
  runFilter: 'runIds',
  pathFilter: 'paths',
  pplFilter: 'pipelineIds',
  marker: 'after',
  maxKeys: 'first',
};
const refusal = (field: string, reason: string) => new InvalidCallError(field, reason, argumentOf[field]);

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
  if (!/^[0-9a-f]{32}$/.test(marker)) throw refusal('marker', 'is not one that the server gave out');
  return marker;
}

/** The server refuses other values instead of clamping them (3.1). */
export function maxKeysParameter(maxKeys: number): string {
  if (!Number.isInteger(maxKeys) || maxKeys < 1 || maxKeys > 1000) throw refusal('maxKeys', 'must be an integer from 1 to 1000');
  return String(maxKeys);
}

/** Filters are comma separated and know no escaping (3.4), so a value with a comma would become two, and an empty one matches nothing or everything. */
export function csvParameter(field: string, values: readonly string[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  if (values.length === 0) throw refusal(field, 'must not be empty: the server would take that for "no filter"');
  if (values.some((value) => value === '' || value.includes(','))) throw refusal(field, 'holds an empty value or a comma');
  return values.join(',');
}

/** A page of the log has at most 100 lines, and a negative number makes the server drop the connection (1.9, 2.13). */
export function logPageParameters(pageNo: number, pageSize: number): { pageNo: string; pageSize: string } {
  if (!Number.isSafeInteger(pageNo) || pageNo < 1) throw new InvalidCallError('pageNo', 'must be a positive integer');
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 100)
    throw new InvalidCallError('pageSize', 'must be an integer from 1 to 100');
  return { pageNo: String(pageNo), pageSize: String(pageSize) };
}

export function present(field: string, value: string | undefined): string {
  if (!value) throw refusal(field, 'must not be empty');
  return value;
}

/** For what is to be created. Besides the server's own rule: what could not be addressed later, or would skip authentication then (1.4). */
export function newName(field: string, name: string, pattern: RegExp, rule: string): string {
  if (!pattern.test(name)) throw refusal(field, rule);
  if (/login$/i.test(name)) throw refusal(field, 'must not end in "login"');
  return name;
}

export const isRoot = (name: string): boolean => /^root$/i.test(name);

/** The server would create a `Root`, and then take that user for root in most places (1.4). */
export function newUserName(name: string): string {
  if (isRoot(name)) throw refusal('username', 'must not be "root", in whatever case');
  return newName('username', name, /^[A-Za-z0-9]{4,16}$/, 'must be 4 to 16 letters and digits');
}

/** Of a longer one bcrypt makes nothing, and the server an internal error (2.1). Bytes, not characters. */
export function newPassword(password: string): string {
  if (Buffer.byteLength(password) > 72) throw new InvalidCallError('password', 'must not be longer than 72 bytes');
  return password;
}

/** DNS-1123: names of queues and namespaces. */
export const dnsLabel = (field: string, name: string): string =>
  newName(field, name, /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'must be 1 to 63 lower case letters, digits or inner "-"');

/** Descriptions of pipelines and schedules: at most 256 bytes (8.3). */
export function describing(field: string, text: string | undefined): string | undefined {
  if (text !== undefined && Buffer.byteLength(text) > 256) throw refusal(field, 'must not be longer than 256 bytes');
  return text;
}

/** `YYYY-MM-DD hh:mm:ss` in the server's zone (4.7). */
export function timeParameter(field: string, time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  // The parser takes 30 February for 1 March.
  const at = serverTime.test(time) ? Date.parse(`${time.replace(' ', 'T')}Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 19).replace('T', ' ') !== time)
    throw refusal(field, 'must be a time of the form YYYY-MM-DD hh:mm:ss');
  return time;
}
const serverTime = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/** The marker of file systems and links goes into the text of an SQL statement: nothing but a time may pass (1.4, 3.3). Absent or `""` is the first page. */
export function timeMarkerParameter(marker: string | undefined): string | undefined {
  if (!marker) return undefined;
  if (!serverTime.test(marker)) throw refusal('marker', 'is not one that the server gave out');
  return marker;
}

/** Whole, and 0 or more: seconds, counts. */
export function countParameter(field: string, value: number | undefined): number | undefined {
  if (value !== undefined && (!Number.isSafeInteger(value) || value < 0)) throw refusal(field, 'must be a whole number, 0 or more');
  return value;
}

/** Without a colon after its host a `glusterfs` URL makes the server drop the connection (1.9). Other mistakes it can tell by itself. */
export function storageUrl(url: string): string {
  present('url', url);
  if (/^\s*glusterfs:/i.test(url) && !/^glusterfs:\/\/[^/:]+:[^:]+$/i.test(url))
    throw new InvalidCallError('url', 'must be glusterfs://host:volume');
  return url;
}
