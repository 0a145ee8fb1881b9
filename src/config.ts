import { parseDocument } from 'yaml';
import { z } from 'zod';

const ms = (fallback: number, description: string) => z.int().positive().default(fallback).describe(description);

const timeZone = z.string().refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'is not an IANA time zone such as Asia/Shanghai');

const httpUrl = z.string().refine((url) => ['http:', 'https:'].includes(URL.parse(url)?.protocol ?? ''), 'is not an http(s) URL');

const PaddleFlowSource = z.strictObject({
  /** Part of every id of the graph, so it is for ever. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must match [a-z][a-z0-9-]{0,31}'),
  kind: z.literal('paddleflow'),
  url: httpUrl,
  username: z.string().min(1),
  password: z.string().min(1),
  /** The zone of the server's clock: its times carry none (contract 4.7). */
  timeZone,
  limits: z
    .strictObject({
      leader: z.int().min(1).max(16).default(3).describe('requests at a time for the mirror'),
      viewers: z.int().min(1).max(64).default(3).describe('requests at a time for what viewers ask'),
    })
    .prefault({}),
  budgets: z
    .strictObject({
      readMs: ms(10_000, 'whole time of a read, retries included'),
      writeMs: ms(30_000, 'time of a write'),
    })
    .prefault({}),
  poll: z
    .strictObject({
      intervalMs: ms(3_000, 'from the start of one cycle to the start of the next; below 3 s gains nothing on a real server (8.1)'),
      settleMs: ms(10_000, 'how long a final state must have stood before it is believed'),
      auditMs: ms(300, 'pause between two pages of the audit walk'),
      auditEveryMs: ms(21_600_000, 'pause between two audit walks'),
    })
    .prefault({}),
  logs: z
    .strictObject({
      archive: z.enum(['all', 'none']).default('all'),
      intervalMs: ms(3_000, 'between two reads of a step that writes'),
      maxIntervalMs: ms(30_000, 'between two reads of a step that is quiet'),
      finalMs: ms(5_000, 'from the first read to the end of an ended step to the last one'),
      maxLineBytes: z.int().min(1_024).max(1_048_576).default(65_536).describe('a longer line is cut, and says so'),
    })
    .prefault({}),
});

const Token = z.strictObject({
  name: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of the token in lower case hexadecimal'),
  role: z.enum(['viewer', 'operator', 'admin']).default('viewer'),
  /** The PaddleFlow user whose things this token sees; operators and admins see everybody's. */
  owner: z.string().optional(),
});

const Config = z.strictObject({
  server: z
    .strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.int().min(0).max(65_535).default(4000),
      /** Web pages of these origins may call the gateway with credentials of their own. */
      origins: z.array(z.string()).default([]),
    })
    .prefault({}),
  database: z
    .strictObject({
      url: z.string().optional(),
      /** For LISTEN and migrations, where `url` goes through a transaction pooler. */
      directUrl: z.string().optional(),
      poolSize: z.int().min(2).max(200).default(10),
    })
    .prefault({}),
  auth: z
    .discriminatedUnion('mode', [z.strictObject({ mode: z.literal('open') }), z.strictObject({ mode: z.literal('tokens'), tokens: z.array(Token).min(1) })])
    .default({ mode: 'open' }),
  sources: z.array(PaddleFlowSource).min(1),
});
export type Config = z.output<typeof Config>;
export type PaddleFlowSourceConfig = z.output<typeof PaddleFlowSource>;
export type AuthConfig = Config['auth'];

/** Every mistake of a configuration at once, each with its path. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly mistakes: readonly string[];
  constructor(file: string, mistakes: readonly string[]) {
    super(`${file} has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

const pathText = (path: readonly PropertyKey[]) => path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)), '');

/** Puts environment values in place of `${NAME}` in every text of the document. A secret so never has to stand in the file. */
function substitute(value: unknown, env: NodeJS.ProcessEnv, path: PropertyKey[], mistakes: string[]): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_all, name: string) => {
      const found = env[name];
      if (found === undefined) mistakes.push(`${pathText(path)}: the environment has no ${name}`);
      return found ?? '${}';
    });
  }
  if (Array.isArray(value)) return value.map((item, index) => substitute(item, env, [...path, index], mistakes));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, env, [...path, key], mistakes)]));
  }
  return value;
}

/** `HOST`, `PORT` and the database's URLs of the environment win over the file: that is how containers are told. */
function withEnvironment(config: Config, env: NodeJS.ProcessEnv, mistakes: string[]): Config {
  const port = env['PORT'] === undefined ? config.server.port : Number(env['PORT']);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) mistakes.push(`PORT: ${JSON.stringify(env['PORT'])} is not a port`);
  const url = env['DATABASE_URL'] ?? config.database.url;
  const directUrl = env['DATABASE_DIRECT_URL'] ?? config.database.directUrl;
  return {
    ...config,
    server: { ...config.server, port, host: env['HOST'] ?? config.server.host },
    database: { ...config.database, url, directUrl },
  };
}

export const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

function inconsistencies({ sources, auth, server }: Config): string[] {
  const mistakes: string[] = [];
  const names = sources.map(({ name }) => name);
  names.forEach((name, index) => names.indexOf(name) < index && mistakes.push(`sources[${index}].name: ${name} is taken by sources[${names.indexOf(name)}]`));
  if (auth.mode === 'open' && !isLoopback(server.host)) {
    mistakes.push(`auth.mode: open gives everybody every right, so it needs a loopback host, not ${server.host}; use tokens`);
  }
  return mistakes;
}

/** Reads a configuration whole. Throws one `ConfigError` that names every mistake. `name` is only for messages. */
export function parseConfig(text: string, env: NodeJS.ProcessEnv, name = 'tributary.yaml'): Config {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw new ConfigError(name, document.errors.map(({ message }) => message.split('\n')[0] ?? message));
  const mistakes: string[] = [];
  const parsed = Config.safeParse(substitute(document.toJS() ?? {}, env, [], mistakes));
  if (!parsed.success) mistakes.push(...parsed.error.issues.map(({ path, message }) => `${pathText(path) || 'the file'}: ${message}`));
  const config = parsed.success ? withEnvironment(parsed.data, env, mistakes) : undefined;
  if (config) mistakes.push(...inconsistencies(config));
  if (config === undefined || mistakes.length > 0) throw new ConfigError(name, mistakes);
  return config;
}
