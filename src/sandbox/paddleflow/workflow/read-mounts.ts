import { invalidPipeline } from './error.ts';
import { Fields } from './fields.ts';
import type { FsMount } from './structure.ts';
import type { Value } from './value.ts';

const KEYS = ['name', 'mount_path', 'sub_path', 'read_only'];

/** An extra file system: its name is required (7.1). */
export function readMount(value: Value, path: string): FsMount {
  const mount = readAnyMount(value, path);
  if (mount.name === '') throw invalidPipeline(`[name] of [${path}] should not be empty`);
  return mount;
}

/** `fs_options.main_fs`: steps write their artifacts into it, so it cannot be read-only. */
export function readMainFs(value: Value, path: string): FsMount {
  const mount = readAnyMount(value, path);
  if (mount.readOnly) throw invalidPipeline(`[read_only] of [${path}] should be false`);
  return mount;
}

function readAnyMount(value: Value, path: string): FsMount {
  const fields = new Fields(value, path, KEYS);
  const subPath = fields.text('sub_path');
  if (subPath.startsWith('/')) throw invalidPipeline(`[sub_path] of [${path}] should not start with '/', but is [${subPath}]`);
  return { name: fields.text('name'), mountPath: fields.text('mount_path'), subPath, readOnly: fields.flag('read_only') ?? false };
}
