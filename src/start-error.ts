import { ConfigError } from './config.ts';
import { DatabaseError } from './db/database-error.ts';
import { EmbeddedPostgresError } from './db/embedded-error.ts';
import { redact } from './redact/redact.ts';

/** A mistake of whoever starts it: told in one sentence that says what to do, and without a stack. */
export class StartError extends Error {
  override name = 'StartError';
}

const plain = [ConfigError, StartError, DatabaseError, EmbeddedPostgresError];

/** What is written when a start fails. A stack is for failures of ours alone. */
export function startFailure(error: unknown, dataDir: string): string {
  if (error instanceof EmbeddedPostgresError && /No space left on device/.test(error.message))
    return `PostgreSQL finds the disk of ${dataDir} full. Make room, or name a folder on another disk in TRIBUTARY_DATA.`;
  if (plain.some((kind) => error instanceof kind)) return (error as Error).message; // as it is one of those
  return fileMistake(error, dataDir) ?? redact(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** By the system's code: what is the matter with a file or folder, and what helps. */
const reasons: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: ['this user has no right to do that', 'Give it the right'],
  EPERM: ['this user has no right to do that', 'Give it the right'],
  EROFS: ['that file system can only be read', 'Make it writable'],
  ENOSPC: ['the disk is full', 'Make room'],
  EDQUOT: ['this user has used up its share of the disk', 'Make room'],
  ENOTDIR: ['a part of that path is a file and no folder', 'Remove it'],
  EEXIST: ['there is a file where a folder has to be', 'Remove it'],
  EISDIR: ['there is a folder where a file has to be', 'Remove it'],
  ENAMETOOLONG: ['the path is too long', 'Shorten it'],
  ELOOP: ['its links lead in a circle', 'Mend them'],
};

/** What the system refuses to do with a file or folder: whoever owns it can help. */
function fileMistake(error: unknown, dataDir: string): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  const [reason, advice] = reasons[String(error.code)] ?? [];
  if (reason === undefined) return undefined;
  const path = String(error.path);
  const isData = path.startsWith(dataDir) || dataDir.startsWith(path); // the folder, what is in it, or what it is in
  return `${path} cannot be used: ${reason}. ${advice}${isData ? ', or name another folder in TRIBUTARY_DATA' : ''}.`;
}

/** By the system's code, of an address and port to listen on. */
const refusals: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there. PORT another port, or to 0 for any free one',
  EACCES: 'it needs rights that this user does not have. PORT one above 1023',
  EPERM: 'it needs rights that this user does not have. PORT one above 1023',
  EADDRNOTAVAIL: 'this machine has no such address. Set HOST to one of its own, or to 0.0.0.0 for all',
  ENOTFOUND: 'no host of that name is known. Set HOST to an address of this machine, or to 0.0.0.0 for all',
  EAI_AGAIN: 'no host of that name is known at the moment. Set HOST to an address of this machine, or to 0.0.0.0 for all',
  EAFNOSUPPORT: 'this machine has no addresses of that kind. Set HOST to another address',
};

/** Why the gateway cannot listen; the error as it is where that is no mistake of whoever starts it. */
export function listenFailure(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
  where = 'Set PORT to',
): unknown {
  const isOurs = error instanceof Error && 'syscall' in error && /^(listen|bind|getaddrinfo)$/.test(String(error.syscall));
  const code = isOurs && 'code' in error ? String(error.code) : '';
  return refusals[code] === undefined
    ? error
    : new StartError(`Cannot listen on ${host}:${port}: ${refusals[code].replace('PORT', where)}.`, { cause: error });
}
