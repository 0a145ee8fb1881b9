import { z } from 'zod';
import { AuthConfig } from './auth/config.ts';
import { backends } from './backends.ts';
import { isObject, type Mistake, pathText, readConfigText } from './config-text.ts';
import { longestMs, urlOf } from './core/config-values.ts';
import { mistakeWords } from './core/mistake-words.ts';
import { keepSecretsOf, passwordOf } from './redact/of-config.ts';
import { keepPublic } from './redact/known.ts';
import { redact } from './redact/redact.ts';
import { isPlaceholder, tryNames } from './redact/trivial.ts';
import { ServerConfig } from './server/config.ts';
import { isLoopback } from './server/visitors.ts';
import type { Backend, SourceConfig } from './source/backend.ts';

keepPublic(backends.map(({ kind }) => kind));
tryNames(backends.map(({ kind }) => kind));

const databaseUrl = z
  .string()
  .refine(
    (text) => urlOf(text, ['postgres:', 'postgresql:']),
    'is not a postgres:// URL such as postgres://user:password@host:5432/database; in it, @ / : # and % of a password are written %40 %2F %3A %23 %25',
  )
  .refine((text) => !isPlaceholder(passwordOf(text)), 'has a placeholder where the password belongs');

/** Of the sources, each by its `kind`. */
function sourcesOf(kinds: readonly Backend[]): z.ZodType<SourceConfig> {
  const [first, ...others] = kinds.map(({ configSchema }) => configSchema);
  return first === undefined ? z.never() : z.discriminatedUnion('kind', [first, ...others]);
}

const fileOf = (kinds: readonly Backend[]) =>
  z.strictObject({
    server: ServerConfig.prefault({}),
    database: z
      .strictObject({
        url: databaseUrl.optional().describe('default: an embedded PostgreSQL in the data folder'),
        directUrl: databaseUrl.optional().describe('for LISTEN and migrations, where `url` leads through a transaction pooler'),
        waitMs: z
          .int()
          .min(0)
          .max(longestMs)
          .default(60_000)
          .describe('how long a start waits for a database that is not up yet; 0: not at all'),
        poolSize: z.int().min(2).max(200).default(10).describe('connections per process for viewers; the mirror has a few of its own'),
      })
      .prefault({}),
    leases: z
      .strictObject({
        stuckMs: z
          .int()
          .min(5_000)
          .max(3_600_000)
          .default(30_000)
          .describe('milliseconds after which a gateway whose loop has not turned gives its leases up, and no longer counts as alive'),
      })
      .prefault({}),
    auth: AuthConfig.prefault({}),
    sources: z.array(sourcesOf(kinds)).min(1, 'must not be an empty list; without the key there is the demo').optional(),
  });

/** `z.toJSONSchema` of it is what the reference in the README is held against. */
export const ConfigFile = fileOf(backends);

/** `sources` is empty where the file has none: then it is for the demo. */
export type Config = Omit<z.output<typeof ConfigFile>, 'sources'> & { readonly sources: readonly SourceConfig[] };
/** A source that is not from a file; throws where it is not right. */
export const readSource = (source: SourceConfig & Readonly<Record<string, unknown>>): SourceConfig => sourcesOf(backends).parse(source);

/** These win over the file: that is how containers are told. */
const Environment = z.object({
  HOST: z.string().optional(),
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'is not a port, which is a number from 0 to 65535')
    .optional(),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_DIRECT_URL: databaseUrl.optional(),
});

/** Every mistake of a configuration at once, each with its path. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly mistakes: readonly string[];
  constructor(file: string, mistakes: readonly string[]) {
    const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
    super(`${file} has ${count}:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.mistakes = mistakes;
  }
}

/** Reads a configuration whole. Throws one `ConfigError` that names every mistake. `name` is only for messages, `kinds` what sources may be of. */
export function parseConfig(text: string, env: NodeJS.ProcessEnv, name = 'tributary.yaml', kinds: readonly Backend[] = backends): Config {
  const { raw, mistakes: misread, names } = readConfigText(text, env);
  if (raw === undefined) throw new ConfigError(name, misread.map(mistakeText));
  // Before anything is said about them: the mistakes of a file are told, too.
  keepSecretsOf(raw);
  keepSecretsOf(Object.fromEntries(['DATABASE_URL', 'DATABASE_DIRECT_URL', 'PGPASSWORD', ...names].map((key) => [key, env[key]])));
  const file = (kinds === backends ? ConfigFile : fileOf(kinds)).safeParse(raw, { error: configWords });
  const given = Environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  const found = [...(file.error?.issues ?? []), ...(given.error?.issues ?? [])];
  const mistakes = [
    ...misread,
    // What stands where a value is missing is wrong in any case.
    ...found
      // A key may hold what belongs behind it; words of our own for one field quote nothing.
      .map(({ code, path, message }) => ({ path: pathText(path), message: code === 'custom' ? message : redact(message) }))
      .filter(({ path }) => misread.every((other) => other.path !== path)),
    ...contradictions(raw, given.data?.HOST),
  ];
  if (!file.success || !given.success || mistakes.length > 0) throw new ConfigError(name, mistakes.map(mistakeText));
  const { server, database, sources = [], ...rest } = file.data;
  const { HOST: host = server.host, PORT: port = server.port, DATABASE_URL: url = database.url } = given.data;
  const directUrl = given.data.DATABASE_DIRECT_URL ?? (given.data.DATABASE_URL ? undefined : database.directUrl);
  return { ...rest, sources, server: { ...server, host, port: Number(port) }, database: { ...database, url, directUrl } };
}

const mistakeText = ({ path, message }: Mistake) => `${path || 'the whole'}: ${message}`;

/** Of YAML it is easy to write something else than what was meant. */
function configWords(issue: z.core.$ZodRawIssue): string {
  const words = mistakeWords(issue);
  if (issue.code !== 'invalid_type') return words;
  if (issue.input === null) return `${words}: nothing is written there`;
  return issue.expected === 'string' && /^(number|boolean)$/.test(typeof issue.input) ? `${words}; in quotes it is one` : words;
}

/** What each is right by itself and wrong together. Looks at the unchecked document, so that these are told along with all others. */
function contradictions(raw: unknown, HOST: string | undefined): Mistake[] {
  const { server, auth, sources } = isObject(raw) ? raw : {};
  const mistakes: Mistake[] = [];
  const names = (Array.isArray(sources) ? sources : []).map((source: unknown) => (isObject(source) ? source['name'] : undefined));
  names.forEach((name, index) => {
    const first = names.indexOf(name);
    if (typeof name === 'string' && first < index)
      mistakes.push({ path: `sources[${index}].name`, message: `sources[${first}] has the name ${name} too` });
  });
  // Whoever is to be somebody on a source that is not there would be somebody else on the one that was meant.
  const tokens = isObject(auth) && Array.isArray(auth['tokens']) ? auth['tokens'] : [];
  tokens.forEach((token: unknown, index) => {
    const accounts = isObject(token) ? token['accounts'] : undefined;
    for (const name of isObject(accounts) ? Object.keys(accounts) : [])
      if (!names.includes(name))
        mistakes.push({ path: `auth.tokens[${index}].accounts`, message: 'names a source that is not configured' });
  });
  const host = HOST ?? (isObject(server) ? server['host'] : undefined) ?? '127.0.0.1';
  const mode = (isObject(auth) ? auth['mode'] : undefined) ?? 'open';
  if (mode === 'open' && typeof host === 'string' && !isLoopback(host)) {
    mistakes.push({
      path: 'auth.mode',
      message: `open gives everybody every right, so it needs a loopback address, not ${host}; use tokens`,
    });
  }
  return mistakes;
}
