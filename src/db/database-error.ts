import { codeOf } from './embedded-error.ts';

/** The database that was configured cannot be used; the message is one sentence for the operator and says what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/** PostgreSQL before it has no security fixes any more, and nobody runs our tests on it. */
export const oldestMajor = 14;

interface Place {
  /** Host and port. */
  readonly at: string;
  readonly role: string;
  readonly database: string;
}

/** What a connection string leads to, without its password. As `pg` reads it: what is not given is as the system's user is called. */
export function placeOf(connectionString: string): Place {
  const url = URL.parse(connectionString);
  const role = decoded(url?.username) || (process.env['PGUSER'] ?? process.env['USER'] ?? '');
  const database = decoded(url?.pathname.slice(1)) || role;
  return { at: `${url?.hostname || url?.searchParams.get('host') || 'localhost'}:${url?.port || '5432'}`, role, database };
}

function decoded(text = ''): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Not there, or not yet: a database that is being started, as beside a gateway in one compose file, looks like this. */
const notYet: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it breaks the connection off',
  EPIPE: 'it breaks the connection off',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that host',
  EHOSTDOWN: 'there is no way to that host',
  ENOTFOUND: 'no host of that name is known',
  EAI_AGAIN: 'no host of that name is known at the moment',
  ENOENT: 'there is no such socket',
  '57P01': 'it is being shut down',
  '57P02': 'it has crashed and recovers',
  '57P03': 'it is still starting',
  '53300': 'it has no connection left for us',
};

/** Of a certificate or key that the URL names. A socket has a path too, but is not opened. */
const fileOf = (error: unknown): string | undefined =>
  error instanceof Error && 'syscall' in error && error.syscall === 'open' && 'path' in error ? String(error.path) : undefined;

/** Why the database is not there, when waiting may help; undefined for anything else. */
export function whyNotYet(error: unknown): string | undefined {
  if (fileOf(error) !== undefined) return undefined;
  const known = notYet[String(codeOf(error))];
  if (known !== undefined) return known;
  const said = error instanceof Error ? error.message : '';
  if (/terminated unexpectedly/.test(said)) return 'it breaks the connection off, as what is not PostgreSQL would'; // by `pg`, without a code
  return /has said nothing|timeout expired/.test(said) ? 'it does not answer' : undefined;
}

/** What is wrong and what to do about it, where waiting does not help; undefined for what is no mistake of the environment. */
function whyNever(error: unknown, { role, database }: Place): string | undefined {
  const code = String(codeOf(error));
  const said = error instanceof Error ? error.message : '';
  const file = fileOf(error);
  if (file !== undefined) return `the file ${file}, which DATABASE_URL names, cannot be read (${code})`;
  if (code === 'ERR_INVALID_URL') return 'DATABASE_URL cannot be read as a URL; special characters in it are written as %20 for a space';
  const known: Readonly<Record<string, string>> = {
    '28P01': `it refuses the role "${role}" with this password. Correct the two in DATABASE_URL`,
    '28000': /pg_hba/.test(said)
      ? `its pg_hba.conf does not let the role "${role}" in from here${/no encryption/.test(said) ? ' without TLS. Add ?sslmode=require to DATABASE_URL, or' : '. Add'} a line to it`
      : `it has no role "${role}" that may sign in. Correct DATABASE_URL, or make the role: CREATE ROLE "${role}" LOGIN PASSWORD '…'`,
    '3D000': `it has no database "${database}". Make it: CREATE DATABASE "${database}" OWNER "${role}"`,
    '42501': `the role "${role}" may not do in the database "${database}" what is needed. Make it its owner: ALTER DATABASE "${database}" OWNER TO "${role}"`,
    '53100': 'its disk is full. Make room there',
    '25006': 'it can only be read, as a standby can. DATABASE_URL must lead to the primary',
    '55000': `the database "${database}" takes no connections. Name another one in DATABASE_URL`,
    SELF_SIGNED_CERT_IN_CHAIN: untrusted,
    DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
    CERT_HAS_EXPIRED: 'its certificate has expired. Renew it there',
    ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name. Write the name of the certificate into DATABASE_URL',
  };
  if (known[code] !== undefined) return known[code];
  if (/client password must be/.test(said)) return `it wants a password for the role "${role}". Add one to DATABASE_URL`;
  if (/does not support SSL/.test(said)) return 'it speaks no TLS. Switch that on there, or take sslmode out of DATABASE_URL';
  // Bytes that are no message of PostgreSQL: the port of something else.
  if (/SSL connection|invalid response|unknown message|wrong version number/i.test(said))
    return 'something else than PostgreSQL answers there. Correct host and port in DATABASE_URL';
  return undefined;
}

/** The error in words for the operator, if it is a mistake of the environment; otherwise as it is. */
export function databaseMistake(error: unknown, connectionString: string): unknown {
  if (error instanceof DatabaseError) return error;
  const place = placeOf(connectionString);
  // A failed statement has what the server said as its cause.
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const why = whyNever(cause, place);
    if (why !== undefined) return new DatabaseError(`The database at ${place.at} cannot be used: ${why}.`, { cause: error });
  }
  return error;
}

const untrusted =
  'its certificate is of an authority that is not trusted here. Name the authority in NODE_EXTRA_CA_CERTS, or in sslrootcert of DATABASE_URL';
