import type { Switches } from './switches.ts';

/** A mistake in a request, in the sandbox's own form of an error (4.3). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: 400 | 401 | 403 | 404 | 405 | 429, message: string, retryAfterSeconds?: number) {
    super(message);
    this.status = status;
    this.code = status * 100 + 1;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export type FileSystemKind = 'HDFS' | 'CEPH';

export interface Submission {
  readonly inputPath: string;
  readonly outputPath: string;
  readonly mailAddress: string;
  /** Whatever else stood in the body (4.2). Left out where nothing did. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

export interface SubmissionRules {
  readonly fileSystems: readonly FileSystemKind[];
  readonly switches: Switches;
}

/** What the example of the call has (4), with the keys of the table in section 2. Throws an ApiError. */
export function readSubmission(text: string, rules: SubmissionRules): Submission {
  const { inputFileSystemInfo, outputFileSystemInfo, mailAddress: address, ...others } = objectOf(parse(text), 'the body');
  if (address === undefined) {
    // `email` was what this contract once said (5.2).
    throw new ApiError(400, 'email' in others ? 'unknown key email: mailAddress is missing' : 'mailAddress is missing');
  }
  if (typeof address !== 'string' || !/^[^@\s]+@[^@\s]+$/.test(address) || address.length > 254)
    throw new ApiError(400, 'mailAddress is no e-mail address');
  const input = readFileSystem(inputFileSystemInfo, 'inputFileSystemInfo', 'inputPath', rules);
  const output = readFileSystem(outputFileSystemInfo, 'outputFileSystemInfo', 'outputPath', rules);
  if (input.kind !== output.kind && rules.switches.mixedKinds === 'refused')
    throw new ApiError(400, 'input and output are on different kinds of file systems');
  const [unknown] = Object.keys(others);
  if (unknown !== undefined && rules.switches.parameters === 'refused') throw new ApiError(400, `unknown key ${unknown}`);
  return {
    mailAddress: address,
    inputPath: input.path,
    outputPath: output.path,
    ...(unknown !== undefined && { parameters: others }),
  };
}

/** One of the two objects; returns its path. Secrets are looked for and not kept. */
function readFileSystem(
  value: unknown,
  key: string,
  pathKey: string,
  { fileSystems, switches }: SubmissionRules,
): { kind: FileSystemKind; path: string } {
  const info = objectOf(value, key);
  const kind = fileSystems.find((known) => known === info['fileSystemType']);
  if (kind === undefined) throw new ApiError(400, `${key}.fileSystemType is not ${fileSystems.join(' or ')}`);
  const spare = kind === 'HDFS' && switches.spareHost === 'required' ? ['spareHost'] : [];
  for (const wanted of ['host', 'userName', ...spare, ...(kind === 'CEPH' ? ['password'] : [])]) textOf(info, wanted, key);
  const port = typeof info['port'] === 'number' ? String(info['port']) : textOf(info, 'port', key);
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535) throw new ApiError(400, `${key}.port is no port`);
  const path = textOf(info, pathKey, key);
  const [bucket = '', ...rest] = path.split('#');
  if (kind === 'CEPH' && (bucket === '' || rest.join('#') === '')) throw new ApiError(400, `${key}.${pathKey} is not bucket#path`);
  if (kind === 'CEPH' && rest.length > 1 && switches.secondHash === 'refused') throw new ApiError(400, `${key}.${pathKey} has a second #`);
  if (kind === 'HDFS' && !path.startsWith('/')) throw new ApiError(400, `${key}.${pathKey} does not begin with /`);
  return { kind, path };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'the body is not JSON');
  }
}

function objectOf(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ApiError(400, `${name} is missing or no object`);
  return value as Record<string, unknown>;
}

function textOf(object: Record<string, unknown>, key: string, name: string): string {
  const value = object[key];
  if (typeof value !== 'string' || value === '') throw new ApiError(400, `${name}: ${key} is missing or empty`);
  return value;
}
