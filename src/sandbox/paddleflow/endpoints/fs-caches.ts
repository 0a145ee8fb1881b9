import { parseCpu, parseMemory } from '../state/quantity.ts';
import type { FsCacheRow } from '../state/rows.ts';
import type { State } from '../state/state.ts';
import { fileSystemOwner } from '../wire/access.ts';
import type { Call, Endpoint } from '../wire/call.ts';
import { ok, okEmpty } from '../wire/call.ts';
import { openMap } from '../../kit/write-json.ts';
import { ApiError } from '../wire/errors.ts';
import type { Decoded } from '../wire/json.ts';
import { readBody } from '../wire/json.ts';
import { askedFileSystem, findFileSystem, requireFileSystem } from './file-systems.ts';

const shape = {
  username: 'string',
  fsName: 'string',
  cacheDir: 'string',
  quota: 'integer',
  metaDriver: 'string',
  blockSize: 'integer',
  debug: 'boolean',
  cleanCache: 'boolean',
  resource: { cpuLimit: 'string', memoryLimit: 'string' },
  nodeTaintToleration: 'object',
  extraConfig: 'string-map',
} as const;

/** How a file system is cached where it is mounted, and its temporary keys (2.5). There is no `PUT /fsCache`. */
export const fsCaches: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/fsCache',
    handle(call, state) {
      const body = readBody(call.body, shape, 'decoder-text');
      const owner = fileSystemOwner(call.user, body.username);
      const { fsName = '' } = body;
      const fs = findFileSystem(owner, fsName, state);
      if (fs === undefined) throw new ApiError('RecordNotFound', `fs[fs-${owner}-${fsName}] not exist`);
      refuseUnsound(fs.id, body);
      if (find(fs.id, state) !== undefined) throw new ApiError('DuplicatedName');
      const settings = {
        username: owner,
        fsName,
        cacheDir: body.cacheDir ?? '',
        quota: body.quota ?? 0,
        metaDriver: body.metaDriver ?? '',
        blockSize: body.blockSize ?? 0,
        cleanCache: body.cleanCache ?? false,
        resource: { cpuLimit: body.resource?.cpuLimit ?? '', memoryLimit: body.resource?.memoryLimit ?? '' },
        nodeTaintToleration: body.nodeTaintToleration ?? null,
        extraConfig: body.extraConfig === undefined ? null : openMap(body.extraConfig),
      };
      state.fsCaches.add({ number: state.fsCaches.takeNumber(), fsID: fs.id, settings, createdAt: state.now });
      return { status: 201 };
    },
  },
  {
    method: 'GET',
    path: '/fsCache/:fsName',
    handle(call, state) {
      const { settings, createdAt } = require(call, state);
      const time = state.zone.local(createdAt);
      return ok({ ...settings, createTime: time, updateTime: time });
    },
  },
  {
    method: 'DELETE',
    path: '/fsCache/:fsName',
    handle(call, state) {
      state.fsCaches.delete(require(call, state));
      return okEmpty;
    },
  },
  {
    method: 'GET',
    path: '/fsSts/:fsName',
    handle(call, state) {
      const { id, type, properties, subPath } = requireFileSystem(call, state);
      const { sts = '', duration = '43200', bucket = '', region = '', endpoint = '' } = properties;
      if (type !== 'bos' || sts !== 'true') throw new ApiError('InternalError', 'sts must bos type');
      const digits = (what: string, count: number) => state.hex(`${what} of ${id} at ${state.now}`, count);
      return ok({
        accessKey: digits('access key', 32),
        secretKey: digits('secret key', 32),
        sessionToken: digits('session token', 64),
        createTime: state.zone.local(state.now),
        expiration: state.zone.local(state.now + Number(duration) * 1000),
        userId: digits('user', 32),
        bucket,
        subPath,
        endpoint,
        region,
        duration: Number(duration),
      });
    },
  },
];

const find = (id: string, state: State): FsCacheRow | undefined => state.fsCaches.find(({ fsID }) => fsID === id);

function require(call: Call, state: State): FsCacheRow {
  const fs = askedFileSystem(call, state);
  const row = fs && find(fs.id, state);
  if (row === undefined) throw new ApiError('RecordNotFound', 'record not found');
  return row;
}

function refuseUnsound(fsID: string, { metaDriver = '', cacheDir = '', resource = {} }: Decoded<typeof shape>): void {
  const refuse = (text: string): never => {
    throw new ApiError('InvalidArguments', `fs[${fsID}] cache config: ${text}`);
  };
  if (!['', 'mem', 'disk'].includes(metaDriver)) refuse(`meta driver[${metaDriver}] not valid, must mem or disk`);
  if (cacheDir !== '' && !cacheDir.startsWith('/')) refuse(`cacheDir[${cacheDir}] should be empty or an absolute path`);
  const { cpuLimit = '', memoryLimit = '' } = resource;
  if (cpuLimit !== '' && (parseCpu(cpuLimit) ?? Infinity) > 2000) refuse(`resource cpuLimit[${cpuLimit}] should be at most 2`);
  if (memoryLimit !== '' && (parseMemory(memoryLimit) ?? Infinity) > 8 * 1024 ** 3)
    refuse(`resource memoryLimit[${memoryLimit}] should be at most 8Gi`);
}
