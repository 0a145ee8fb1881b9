import { crc32 } from 'node:zlib';

/** A place in one stream: everything up to `seq` has been seen. `generation` tells databases apart. */
export interface Position {
  /** Its key, such as `events:prod`. */
  readonly stream: string;
  readonly generation: string;
  readonly seq: number;
}

/** EVENTS: one position per source, in one vector. LOG: the log of one piece of work. */
export type StreamKind = 'EVENTS' | 'LOG';

/** Thrown on a text that is no cursor of ours, or one of another kind of stream. */
export class InvalidCursorError extends Error {
  override name = 'InvalidCursorError';
  /** graphql-js copies them onto the error that clients get. */
  readonly extensions = { code: 'BAD_USER_INPUT' };
}

const version = '2';
/** Of cursors in which streams have other names than today. */
const formerVersion = '1';

/**
 * Opaque to clients: version, kind, positions, checksum, as base64url. It is not signed: who may read the stream is decided anew at each
 * use. The checksum catches what was cut or mistyped.
 */
export function encodeCursor(kind: StreamKind, positions: readonly Position[]): string {
  const text = [version, kind, ...positions.map(({ stream, generation, seq }) => `${stream}@${generation.slice(0, 8)}@${seq}`)].join('|');
  return Buffer.from(`${text}|${crc32(text).toString(36)}`).toString('base64url');
}

/** Throws `InvalidCursorError`. `keyOfFormer`: the key of a stream by the name that it has in cursors of the former version. */
export function decodeCursor(kind: StreamKind, cursor: string, keyOfFormer: (name: string) => string): Position[] {
  const text = Buffer.from(cursor, 'base64url').toString();
  const checksum = text.slice(text.lastIndexOf('|') + 1);
  const body = text.slice(0, text.lastIndexOf('|'));
  if (crc32(body).toString(36) !== checksum) throw new InvalidCursorError('not a cursor');
  const [madeBy, madeFor, ...positions] = body.split('|');
  if (madeBy !== version && madeBy !== formerVersion) throw new InvalidCursorError('a cursor of another version');
  if (madeFor !== kind) throw new InvalidCursorError('a cursor of another kind of stream');
  return positions.map((position) => {
    const [stream = '', generation = '', seq = ''] = position.split('@');
    // Whoever knows the format can make a checksum: what is no place in any stream must not reach the database.
    if (!/^\d+$/.test(seq) || !Number.isSafeInteger(Number(seq))) throw new InvalidCursorError('not a cursor');
    return { stream: madeBy === version ? stream : keyOfFormer(stream), generation, seq: Number(seq) };
  });
}

/** The generation as it stands in a cursor. */
export const sameGeneration = (position: Position, generation: string) => position.generation === generation.slice(0, 8);
