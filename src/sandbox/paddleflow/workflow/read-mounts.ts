import { invalidPipeline } from './error.ts';
import type { FieldsOf } from './fields.ts';
import { Fields } from './fields.ts';
import type { FsMount } from './structure.ts';
import type { Value } from './value.ts';

const KEYS = ['name', 'mount_path', 'sub_path', 'read_only'];

/** An extra file system: its name is required (7.1). */
export function readMount(value: Value, of: FieldsOf): FsMount {
  const mount = readAnyMount(value, of, 'extra_fs');
  if (mount.name === '') throw invalidPipeline(`${of.prefix}[name] in [extra_fs] must be set`);
  return mount;
}

/** `fs_options.main_fs`: steps write their artifacts into it, so it cannot be read-only. */
export function readMainFs(value: Value, of: FieldsOf): FsMount {
  const mount = readAnyMount(value, of, 'main_fs');
  if (mount.readOnly) throw invalidPipeline('[read_only] in [main_fs] must be false');
  return mount;
}

function readAnyMount(value: Value, of: FieldsOf, kind: 'main_fs' | 'extra_fs'): FsMount {
  const fields = new Fields(value, of, KEYS);
  const subPath = fields.text('sub_path');
  if (subPath.startsWith('/')) throw invalidPipeline(`[sub_path] in [${kind}] should not start with '/'`);
  return { name: fields.text('name'), mountPath: fields.text('mount_path'), subPath, readOnly: fields.flag('read_only') ?? false };
}
