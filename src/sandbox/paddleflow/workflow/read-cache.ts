import { invalidPipeline } from './error.ts';
import { Fields } from './fields.ts';
import type { FsScope, StepCache } from './structure.ts';
import { formatValue, isNumber, type Value } from './value.ts';

/** What a step's own `cache` is laid over. */
export type CacheDefaults = Partial<Pick<StepCache, 'enable' | 'maxExpiredTime'>> & { readonly fsScope: readonly FsScope[] | null };

/** The root's `cache`; what it leaves out stays out, so that each step can still have its own default. */
export function readCacheDefaults(value: Value, path: string): CacheDefaults {
  const fields = new Fields(value, path, ['enable', 'max_expired_time', 'fs_scope']);
  const enable = fields.flag('enable');
  const expiry = fields.get('max_expired_time');
  if (expiry !== undefined && typeof expiry !== 'string' && !isNumber(expiry)) {
    throw invalidPipeline(`[max_expired_time] of [${path}] should be string or int type`);
  }
  if (expiry !== undefined && !/^(-1|\d*)$/.test(formatValue(expiry))) {
    throw invalidPipeline(`[max_expired_time] of [${path}] should be -1 or a number of seconds, but is [${formatValue(expiry)}]`);
  }
  return {
    ...(enable !== undefined && { enable }),
    ...(expiry !== undefined && expiry !== '' && { maxExpiredTime: formatValue(expiry) }),
    fsScope: fields.list('fs_scope').map((item) => readScope(item, `${path}.fs_scope`)),
  };
}

/** A step's `cache` over the root's; its own scopes come first (5.2). */
export function readCache(value: Value, path: string, defaults: CacheDefaults): StepCache {
  const own = readCacheDefaults(value, path);
  const scopes = [...(own.fsScope ?? []), ...(defaults.fsScope ?? [])];
  return {
    enable: own.enable ?? defaults.enable ?? false,
    maxExpiredTime: own.maxExpiredTime ?? defaults.maxExpiredTime ?? '',
    fsScope: scopes.length === 0 && defaults.fsScope === null ? null : scopes,
  };
}

function readScope(value: Value, path: string): FsScope {
  const fields = new Fields(value, path, ['name', 'path']);
  const name = fields.text('name');
  if (name === '') throw invalidPipeline(`[name] of [${path}] should not be empty`);
  return { name, path: fields.text('path') };
}
