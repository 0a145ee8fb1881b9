import { z } from 'zod';
import { flag, listOf, nextMarker, text, texts } from './parts.ts';

/** All others are or may be secrets. They come back encrypted with every read (2.5), and are dropped by the parser. */
const harmlessProperties: ReadonlySet<string> = new Set([
  'endpoint',
  'region',
  'bucket',
  'pvc',
  'namespace',
  'user',
  'username',
  'group',
  'debug',
  'sts',
  'duration',
]);
export const isSecretProperty = (name: string): boolean => !harmlessProperties.has(name);

const properties = texts.transform((all) => Object.fromEntries(Object.entries(all).filter(([name]) => !isSecretProperty(name))));

export const WireCreatedFileSystem = z.object({ fsName: z.string().min(1), fsID: z.string().min(1) });

export const WireFileSystem = z.object({
  /** `fs-<owner>-<name>` */
  id: z.string().min(1),
  name: z.string().min(1),
  serverAddress: text,
  type: text,
  subPath: text,
  /** The owner. */
  username: text,
  /** Without secrets. */
  properties,
  independentMountProcess: flag,
});
export type WireFileSystem = z.output<typeof WireFileSystem>;

/** Has no id: `fsPath` within its file system. */
export const WireLink = z.object({
  fsName: z.string().min(1),
  fsPath: z.string().min(1),
  serverAddress: text,
  type: text,
  username: text,
  subPath: text,
  /** Without secrets. */
  properties,
});
export type WireLink = z.output<typeof WireLink>;

/** Items that do not differ in `key` are one: pages by time repeat some (3.3). */
export function withoutRepeats<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Map<string, T>();
  for (const item of items) if (!seen.has(key(item))) seen.set(key(item), item);
  return [...seen.values()];
}
export const fileSystemKey = ({ id }: WireFileSystem): string => id;
export const linkKey = ({ username, fsName, fsPath }: WireLink): string => JSON.stringify([username, fsName, fsPath]);

/** Not the usual envelope: `truncated`, and a marker that is a time, `""` at the end. Lists are null when empty (2.5, 2.6). */
export const WireFileSystemPage = z
  .object({ fsList: listOf(WireFileSystem), nextMarker })
  .transform((page) => ({ items: withoutRepeats(page.fsList, fileSystemKey), nextMarker: page.nextMarker }));
export const WireLinkPage = z
  .object({ linkList: listOf(WireLink), nextMarker })
  .transform((page) => ({ items: withoutRepeats(page.linkList, linkKey), nextMarker: page.nextMarker }));
