import { invalidPipeline } from './error.ts';
import type { FieldsOf } from './fields.ts';
import { Fields, inside } from './fields.ts';
import type { FsScope, StepCache } from './structure.ts';
import { formatValue, isNumber, type Value } from './value.ts';

/** What a step's own `cache` is laid over. */
export type CacheDefaults = Partial<Pick<StepCache, 'enable' | 'maxExpiredTime'>> & { readonly fsScope: readonly FsScope[] | null };

/** The root's `cache`; what it leaves out stays out, so that each step can still have its own default. */
export function readCacheDefaults(value: Value, of: FieldsOf): CacheDefaults {
  const fields = new Fields(value, of, ['enable', 'max_expired_time', 'fs_scope']);
  const enable = fields.flag('enable');
  const expiry = fields.get('max_expired_time');
  if (expiry !== undefined && typeof expiry !== 'string' && !isNumber(expiry)) {
    throw fields.wrong('max_expired_time', 'string or int');
  }
  if (expiry !== undefined && !/^(-1|\d*)$/.test(formatValue(expiry))) {
    throw invalidPipeline(`MaxExpiredTime[${formatValue(expiry)}] of cache not correct`);
  }
  return {
    ...(enable !== undefined && { enable }),
    ...(expiry !== undefined && expiry !== '' && { maxExpiredTime: formatValue(expiry) }),
    fsScope: fields.list('fs_scope').map((item) => readScope(item, inside(of, 'fs_scope'))),
  };
}

/** A step's `cache` over the root's; its own scopes come first (5.2). */
export function readCache(value: Value, of: FieldsOf, defaults: CacheDefaults): StepCache {
  const own = readCacheDefaults(value, of);
  const scopes = [...(own.fsScope ?? []), ...(defaults.fsScope ?? [])];
  return {
    enable: own.enable ?? defaults.enable ?? false,
    maxExpiredTime: own.maxExpiredTime ?? defaults.maxExpiredTime ?? '',
    fsScope: scopes.length === 0 && defaults.fsScope === null ? null : scopes,
  };
}

function readScope(value: Value, of: FieldsOf): FsScope {
  const fields = new Fields(value, of, ['name', 'path']);
  const name = fields.text('name');
  if (name === '') throw invalidPipeline(`${of.prefix}[name] in fs_scope must be set`);
  return { name, path: fields.text('path') };
}
