/** A mistake in a request, in the sandbox's own form of an error (4.3). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: 400 | 401 | 404 | 405, message: string, code = status * 100 + 1) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface Submission {
  readonly inputPath: string;
  readonly outputPath: string;
  readonly mailAddress: string;
}

/** What the example of the call has (4), with the keys of the table in section 2. Throws an ApiError. */
export function readSubmission(text: string): Submission {
  const body = objectOf(parse(text), 'the body');
  if (!('mailAddress' in body)) {
    // `email` was what this contract once said (5.2).
    throw new ApiError(400, 'email' in body ? 'unknown key email: mailAddress is missing' : 'mailAddress is missing');
  }
  const mailAddress = textOf(body, 'mailAddress', 'the body');
  if (!/^[^@\s]+@[^@\s]+$/.test(mailAddress) || mailAddress.length > 254) throw new ApiError(400, 'mailAddress is no e-mail address');
  return {
    mailAddress,
    inputPath: readFileSystem(body, 'inputFileSystemInfo', 'inputPath'),
    outputPath: readFileSystem(body, 'outputFileSystemInfo', 'outputPath'),
  };
}

/** One of the two objects; returns its path. Secrets are looked for and not kept. */
function readFileSystem(body: Record<string, unknown>, key: string, pathKey: string): string {
  const info = objectOf(body[key], key);
  const type = textOf(info, 'fileSystemType', key);
  if (type !== 'HDFS' && type !== 'CEPH') throw new ApiError(400, `${key}.fileSystemType is neither HDFS nor CEPH`);
  for (const wanted of ['host', 'userName', ...(type === 'CEPH' ? ['password'] : [])]) textOf(info, wanted, key);
  const port = typeof info['port'] === 'number' ? String(info['port']) : textOf(info, 'port', key);
  if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65_535) throw new ApiError(400, `${key}.port is no port`);
  const path = textOf(info, pathKey, key);
  const [bucket = '', ...rest] = path.split('#');
  if (type === 'CEPH' && (bucket === '' || rest.join('#') === '')) throw new ApiError(400, `${key}.${pathKey} is not bucket#path`);
  if (type === 'HDFS' && !path.startsWith('/')) throw new ApiError(400, `${key}.${pathKey} does not begin with /`);
  return path;
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
