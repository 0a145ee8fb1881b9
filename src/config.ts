import { z } from 'zod';
import { createClientReader } from './server/client.ts';
import { readSessionKey } from './auth/session.ts';
import { isObject, type Mistake, pathText, readConfigText } from './config-text.ts';
import { mistakeWords } from './core/mistake-words.ts';
import { keepSecretsOf, passwordOf } from './redact/of-config.ts';
import { redact } from './redact/redact.ts';
import { isPlaceholder, isTrivialHash, isTrivialKey } from './redact/trivial.ts';
import { isLoopback } from './server/visitors.ts';
import { isTimeZone } from './core/server-time.ts';

/** Timers of Node take no more and go off at once instead. */
const longestMs = 2_147_483_647;
const ms = (fallback: number, description: string) => z.int().min(1).max(longestMs).default(fallback).describe(description);
const atMost = (fallback: number, description: string) => z.int().min(1).max(1_000_000).default(fallback).describe(description);
const bytes = (fallback: number, description: string) => z.int().min(65_536).default(fallback).describe(description);
const urlOf = (text: string, protocols: readonly string[]) => {
  const url = URL.parse(text);
  return url && protocols.includes(url.protocol) ? url : undefined;
};
const isProxy = (text: string): boolean => {
  try {
    createClientReader([text]);
    return true;
  } catch {
    return false;
  }
};
const databaseUrl = z
  .string()
  .refine(
    (text) => urlOf(text, ['postgres:', 'postgresql:']),
    'is not a postgres:// URL such as postgres://user:password@host:5432/database; in it, @ / : # and % of a password are written %40 %2F %3A %23 %25',
  )
  .refine((text) => !isPlaceholder(passwordOf(text)), 'has a placeholder where the password belongs');

const PaddleFlowSource = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must match [a-z][a-z0-9-]{0,31}')
    .describe('part of every id of the graph, so it is for ever'),
  kind: z.literal('paddleflow').describe('the only kind so far'),
  url: z
    .string()
    .refine((text) => urlOf(text, ['http:', 'https:']), 'is not an http(s) URL')
    .refine((text) => !/[@?#]/.test(text), 'must hold no user, query or fragment')
    .describe('where the server is; the path of a proxy in front of `/api/paddleflow/v1` may follow'),
  username: z.string().min(1).describe('service account: `root`, else only the runs of this user are seen'),
  password: z
    .string()
    .min(1)
    .refine((text) => !isPlaceholder(text), 'is a placeholder: put the password of the account there, best as `${NAME}`')
    .describe('its password; best as `${NAME}`'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'is not an IANA time zone such as Asia/Shanghai')
    .describe("IANA zone of the server's clock: its times carry none"),
  limits: z
    .strictObject({
      leader: z.int().min(1).max(16).default(3).describe('requests at a time for the mirror'),
      viewer: z
        .int()
        .min(1)
        .max(64)
        .default(3)
        .describe('requests at a time for what viewers ask, per gateway process; one viewer alone gets half of them, rounded up'),
      stranger: z.int().min(1).max(16).default(1).describe('sign-ins at a time, per gateway process'),
    })
    .prefault({}),
  budgets: z
    .strictObject({
      readMs: ms(10_000, 'whole time of a read, with waiting and retries'),
      slowReadMs: ms(20_000, 'the same for calls that PaddleFlow serves slowly, such as those that ask Kubernetes'),
      writeMs: ms(30_000, 'time of a write, which is never repeated'),
      lateWriteMs: ms(
        60_000,
        'how long after that the server may still carry out a write that it has heard: what was asked for with an idempotency key and has left no trace by then was not made, and may be sent again',
      ),
    })
    .prefault({}),
  poll: z
    .strictObject({
      intervalMs: ms(3_000, 'from the start of one cycle of the mirror to the start of the next; less gains nothing on a real server'),
      settleMs: ms(10_000, 'how long a final state must have stood before it is believed'),
      auditMs: ms(300, 'pause between two pages of the audit walk'),
      auditEveryMs: ms(21_600_000, 'pause between two audit walks'),
    })
    .prefault({}),
  logs: z
    .strictObject({
      intervalMs: ms(3_000, 'between two reads of a step that writes'),
      maxIntervalMs: ms(30_000, 'between two reads of a step that is quiet'),
      finalMs: ms(5_000, 'between the two reads to its end that end the log of an ended step'),
      silentMs: z
        .int()
        .positive()
        .optional()
        .describe(
          'how long an ended step must have shown no line at all before it is believed that it wrote none, if another log shows its lines then; default: 24 times `finalMs`',
        ),
      retention: z
        .strictObject({
          succeededMs: ms(
            600_000,
            "how long PaddleFlow keeps the pod of a step that has succeeded: as long a log that can't be read is tried again",
          ),
          failedMs: ms(3_600_000, 'the same for a step that has not'),
        })
        .prefault({}),
      maxLineBytes: z.int().min(1_024).max(1_048_576).default(65_536).describe('a longer line is cut, and says so'),
    })
    .prefault({}),
});

const Token = z.strictObject({
  name: z
    .string()
    .min(1)
    .refine((name) => !name.startsWith('session:'), 'must not begin with "session:", which is for those who have signed in')
    .describe('of the viewer'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 of the token in lower case hexadecimal')
    .refine(
      (hash) => !isTrivialHash(hash),
      'is the hash of a word that anybody would try: make a token with `openssl rand -base64 32`, and its hash with `printf %s "$TOKEN" | sha256sum`',
    )
    .describe('hash of the token'),
  role: z.enum(['viewer', 'operator', 'admin']).default('viewer').describe("operators and admins see everybody's runs"),
  owner: z.string().optional().describe('PaddleFlow user whose things a viewer sees; default: its name'),
});

const sessionSettings = {
  sessionKey: z
    .string()
    .refine(
      (text) => readSessionKey(text) !== undefined,
      'must be 32 bytes in base64 or hexadecimal; `openssl rand -base64 32` makes such a key',
    )
    .refine((text) => !isTrivialKey(readSessionKey(text) ?? Buffer.from(text)), 'is not random: make a key with `openssl rand -base64 32`')
    .optional()
    .describe('encrypts the sessions of those who sign in, the same on all gateways; best as `${NAME}`. Without it nobody can sign in'),
  sessionHours: z.number().positive().max(8_760).default(12).describe('after which a session expires'),
  sessionCheckMs: ms(10_000, 'how long a session in use is believed before PaddleFlow is asked again whether its token still holds'),
};

/** `z.toJSONSchema` of it is what the reference in the README is held against. */
export const ConfigFile = z.strictObject({
  server: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
      port: z.int().min(0).max(65_535).default(4000).describe('0 takes a free one'),
      healthPort: z
        .int()
        .min(0)
        .max(65_535)
        .optional()
        .describe(
          '`/healthz` and `/readyz` on a port of their own, answered by a thread that nothing holds up; 0 takes a free one. Best for liveness probes',
        ),
      origins: z.array(z.string()).default([]).describe('origins of web pages elsewhere that may use the gateway; `*` for all'),
      hosts: z.array(z.string()).default([]).describe('names under which a proxy on this machine passes requests to a loopback address'),
      proxies: z
        .array(z.string().refine(isProxy, 'is not an address, a network such as 10.0.0.0/8, or `loopback`, `linklocal`, `uniquelocal`'))
        .default([])
        .describe(
          'addresses and networks of the proxies in front, whose `X-Forwarded-For` tells where a client is; without them all clients behind a proxy seem to be in one place',
        ),
      introspection: z
        .enum(['viewers', 'everybody'])
        .default('viewers')
        .describe('who may see the schema, by introspection and in what messages suggest; `everybody` means strangers too'),
      idleMs: ms(
        75_000,
        'how long a connection stays open between two requests; longer than a balancer in front keeps it, which is mostly 60 seconds',
      ),
      strangers: z
        .strictObject({
          connections: atMost(
            1_000,
            'connections at a time on which nobody is known, HTTP and WebSocket; where it is more, those go that have waited longest',
          ),
          connectionsPerNetwork: atMost(200, 'the same, from one IPv4 address or one /64 of IPv6'),
          messageBytes: z
            .int()
            .min(1_024)
            .max(1_048_576)
            .default(8_192)
            .describe('of a body or message without a valid token, `connection_init` too'),
          requestMs: ms(10_000, 'for the headers of any request, and for a body without a valid token'),
          initMs: ms(3_000, 'from the opening of a WebSocket to its `connection_init`'),
          socketMs: ms(30_000, 'after which a WebSocket is closed on which no valid token has come'),
        })
        .prefault({}),
      limits: z
        .strictObject({
          connections: atMost(10_000, 'open connections, HTTP and WebSocket; further ones are closed at once'),
          halfSentBytes: z
            .int()
            .min(1_048_576)
            .max(10_737_418_240)
            .default(67_108_864)
            .describe(
              'of requests whose bodies are on their way, all together; where it is more, those are given up that have taken longest',
            ),
          halfSentBytesPerViewer: z
            .int()
            .min(1_048_576)
            .max(10_737_418_240)
            .default(16_777_216)
            .describe('the same, of one viewer; in an `open` gateway of everybody'),
          halfSentPerViewer: atMost(
            50,
            'requests of one viewer at a time whose bodies are on their way, in an `open` gateway of everybody; where it is more, that one is given up that has taken longest',
          ),
          halfSentPerNetwork: atMost(200, 'the same, of all viewers who come from one IPv4 address or one /64 of IPv6'),
          nodes: z
            .int()
            .min(1_000)
            .max(10_000_000)
            .default(50_000)
            .describe('objects that one answer may hold, page sizes multiplied; a line of a log counts as 10, a list without pages as 20'),
          operationsPerViewer: atMost(200, 'queries and mutations of one viewer at a time, per gateway process'),
          operations: atMost(2_000, 'the same, of all viewers together'),
          subscriptionsPerViewer: atMost(
            500,
            'subscriptions of one viewer at a time over all connections, per gateway process; in an `open` gateway of one connection',
          ),
          subscriptions: atMost(10_000, 'the same, of all viewers together'),
          unreadBytesPerViewer: bytes(
            8 * 1_048_576,
            'of events and log lines that wait for the subscriptions of one viewer to read them, per gateway process: the more subscriptions, the smaller the pages',
          ),
          unreadBytes: bytes(64 * 1_048_576, 'the same, of all viewers together'),
          strangersPerNetwork: atMost(
            20,
            'operations at a time of those who have not signed in and come from one IPv4 address or one /64 of IPv6, per gateway process',
          ),
          strangers: atMost(100, 'the same, of all who have not signed in'),
        })
        .prefault({}),
    })
    .prefault({}),
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
  auth: z
    .discriminatedUnion('mode', [
      z.strictObject({
        mode: z.literal('open').optional().default('open').describe('who may come without having signed in'),
        ...sessionSettings,
      }),
      z.strictObject({ mode: z.literal('tokens'), tokens: z.array(Token).min(1), ...sessionSettings }),
    ])
    .prefault({}),
  sources: z.array(PaddleFlowSource).min(1, 'must not be an empty list; without the key there is the demo').optional(),
});
/** `sources` is empty where the file has none: then it is for the demo. */
export type Config = Omit<z.output<typeof ConfigFile>, 'sources'> & { readonly sources: readonly PaddleFlowSourceConfig[] };
export type PaddleFlowSourceConfig = z.output<typeof PaddleFlowSource>;
/** A source that is not from a file; throws where it is not right. */
export const readSource = (source: z.input<typeof PaddleFlowSource>): PaddleFlowSourceConfig => PaddleFlowSource.parse(source);
export type AuthConfig = Config['auth'];

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

/** Reads a configuration whole. Throws one `ConfigError` that names every mistake. `name` is only for messages. */
export function parseConfig(text: string, env: NodeJS.ProcessEnv, name = 'tributary.yaml'): Config {
  const { raw, mistakes: misread, names } = readConfigText(text, env);
  if (raw === undefined) throw new ConfigError(name, misread.map(mistakeText));
  // Before anything is said about them: the mistakes of a file are told, too.
  keepSecretsOf(raw);
  keepSecretsOf(Object.fromEntries(['DATABASE_URL', 'DATABASE_DIRECT_URL', 'PGPASSWORD', ...names].map((key) => [key, env[key]])));
  const file = ConfigFile.safeParse(raw, { error: configWords });
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
