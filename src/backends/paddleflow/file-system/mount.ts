import { BadInputError } from '../../../problem/problem.ts';
import type { FileSystemPlace } from './model.ts';
import { fileSystemId } from './model.ts';

export interface Mount {
  readonly fileSystem: FileSystemPlace;
  readonly path: string;
  /** Host and port of the PaddleFlow server. */
  readonly server: string;
  /** Undefined: not known, to be filled in by the shell. */
  readonly user: string | undefined;
  readonly options: readonly { readonly name: string; readonly value: string }[];
}

/** What the command itself says. */
const taken = new Set(['fs-id', 'mount-point', 'server', 'user-name', 'password']);

/** As one word of a POSIX shell, whatever is in it. */
const word = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/**
 * What the SDK's `mount` runs (contract 2.5), with the environment variable `fuse_env` for the path of `pfs-fuse`, as there. The password is
 * never known here: the shell takes it from `PADDLEFLOW_PASSWORD`, and a name that is not known from `PADDLEFLOW_USERNAME`.
 */
export function mountCommand({ fileSystem, path, server, user, options }: Mount): string {
  if (path === '' || /\p{Cc}/u.test(path)) throw new BadInputError('The path of a mount must not be empty or hold control characters');
  for (const { name, value } of options) {
    if (!/^[a-z][a-z0-9-]*$/.test(name) || taken.has(name)) throw new BadInputError(`${JSON.stringify(name)} is no option of a mount`);
    if (/\p{Cc}/u.test(value)) throw new BadInputError(`The option ${name} holds control characters`);
  }
  const flags = [
    `--fs-id=${fileSystemId(fileSystem)}`,
    `--mount-point=${word(path)}`,
    `--server=${word(server)}`,
    `--user-name=${user === undefined ? '"$PADDLEFLOW_USERNAME"' : word(user)}`,
    '--password="$PADDLEFLOW_PASSWORD"',
    ...options.map(({ name, value }) => `--${name}=${word(value)}`),
  ];
  return `nohup "$fuse_env" mount ${flags.join(' ')} > mount-${fileSystem.name}.err.log 2>&1 &`;
}
