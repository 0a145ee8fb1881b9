import { keyOf } from '../../../core/key.ts';
import type { WireFileSystem, WireLink } from '../wire/wire.ts';

/** `fs-<owner>-<name>` (contract 2.5): no user's name holds a hyphen. */
export interface FileSystemPlace {
  readonly owner: string;
  readonly name: string;
}
export const fileSystemId = ({ owner, name }: FileSystemPlace): string => `fs-${owner}-${name}`;
/** Undefined for what no file system is called. */
export function placeOf(id: string): FileSystemPlace | undefined {
  const [, owner, name] = /^fs-([A-Za-z0-9]+)-([A-Za-z0-9_-]{1,63})$/.exec(id) ?? [];
  return owner === undefined || name === undefined ? undefined : { owner, name };
}

/** Its file system and its path there, such as `fs-alice-data:/ext`. */
export const linkId = (place: FileSystemPlace, path: string): string => `${fileSystemId(place)}:${path}`;
export function linkPlaceOf(id: string): (FileSystemPlace & { readonly path: string }) | undefined {
  const colon = id.indexOf(':');
  const place = colon < 0 ? undefined : placeOf(id.slice(0, colon));
  const path = id.slice(colon + 1);
  return place && path !== '' ? { ...place, path } : undefined;
}

/** Somebody may have put a user and a password there; both are nobody's business. */
const withoutUserInfo = (address: string): string => address.replace(/^([a-z0-9+.-]+:\/\/)?.*@/i, '$1');

/** The client has kept the harmless properties only; the others come back with every read, encrypted (contract 2.5). */
const shown = (properties: Readonly<Record<string, string>>) =>
  Object.entries(properties).map(([name, value]) => ({ name, value: name === 'endpoint' ? withoutUserInfo(value) : value }));

/** Of some types it comes with the scheme before it (contract 2.5), which is the type once more. */
const addressOf = ({ type, serverAddress }: Pick<WireFileSystem, 'type' | 'serverAddress'>): string =>
  withoutUserInfo(serverAddress.startsWith(`${type}://`) ? serverAddress.slice(type.length + 3) : serverAddress);

export const fileSystemFromWire = (source: string, wire: WireFileSystem) => ({
  kind: 'FileSystem' as const,
  key: keyOf(source, wire.id),
  source,
  fsId: wire.id,
  name: wire.name,
  owner: wire.username,
  storageType: wire.type,
  serverAddress: addressOf(wire),
  subPath: wire.subPath,
  properties: shown(wire.properties),
  independentMountProcess: wire.independentMountProcess,
});
export type FileSystem = Readonly<ReturnType<typeof fileSystemFromWire>>;

export const linkFromWire = (source: string, wire: WireLink) => {
  const place = { owner: wire.username, name: wire.fsName };
  return {
    kind: 'FileSystemLink' as const,
    key: keyOf(source, linkId(place, wire.fsPath)),
    source,
    fileSystemKey: keyOf(source, fileSystemId(place)),
    owner: wire.username,
    linkPath: wire.fsPath,
    storageType: wire.type,
    serverAddress: addressOf(wire),
    subPath: wire.subPath,
    properties: shown(wire.properties),
  };
};
export type FileSystemLink = Readonly<ReturnType<typeof linkFromWire>>;
