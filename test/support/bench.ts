import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Role } from '../../src/auth/viewer.ts';
import { parseConfig } from '../../src/config.ts';
import { toGlobalId } from '../../src/graphql/global-id.ts';
import { startPaddleFlowSandbox, type PaddleFlowSandbox, type SandboxOptions } from '../../src/sandbox/paddleflow/index.ts';
import { startTributary, type Tributary, type TributaryOptions } from '../../src/tributary.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import type { JsonView } from './json.ts';
import { openSocket } from './socket.ts';

export { toGlobalId };

/** `Data`: for a test that says what it asks for; without it the answer is looked into by `?.`. */
export interface Answer<Data = JsonView> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Record<string, unknown>;
  }[];
}

export interface BenchOptions {
  /** Sources and what their sandboxes are like; default: one named `prod`. */
  readonly sandboxes?: Record<string, Partial<SandboxOptions>>;
  /** Sources of other backends, as the configuration has them. */
  readonly others?: readonly object[];
  /** Lines of YAML for every source, such as `poll: { settleMs: 1000 }`; they replace the fast defaults of the same key. */
  readonly source?: Record<string, unknown>;
  /** Who may ask, by token; without it the gateway is open. A viewer sees what `owner` owns, by default the user called like the token. */
  readonly tokens?: Record<string, { readonly role: Role; readonly owner?: string; readonly accounts?: Record<string, string> }>;
  /** More of `auth`, such as `sessionCheckMs`. */
  readonly auth?: Record<string, unknown>;
  /** More of `server`, such as `proxies`. */
  readonly server?: Record<string, unknown>;
  /** More of `database`, such as `poolSize`. */
  readonly pool?: Record<string, unknown>;
  /** One that is not empty; it ends with the bench. */
  readonly database?: TestDatabase;
  /** How many gateways on the one database; default 1. */
  readonly gateways?: number;
  readonly options?: Partial<TributaryOptions>;
  /** Called on each sandbox before the gateway starts. */
  readonly prepare?: (sandboxes: Record<string, PaddleFlowSandbox>) => Promise<void> | void;
}

/** Everything moves as fast as it can: sandboxes stand still until they are advanced, so a test decides what happens when. */
const fast = {
  poll: { intervalMs: 20, settleMs: 100, auditMs: 5, auditEveryMs: 3_600_000 },
  logs: { intervalMs: 20, maxIntervalMs: 40, finalMs: 20 },
  failures: { retryMs: 10, maxRetryMs: 40, restMs: 40, maxRestMs: 160 },
};

/** The bench's own, where tokens are needed. */
const benchToken = 'the-bench';
/** Of the sessions of those who sign in: the same on all gateways of all benches. */
export const sessionKey = createHash('sha256').update('sessions of the bench').digest('hex');
const tokenOf = ([name, rights]: [string, object]) => ({ name, sha256: createHash('sha256').update(name).digest('hex'), ...rights });
/** The headers of who holds a token of `BenchOptions.tokens`. */
export const as = (token: string) => ({ authorization: `Bearer ${token}` });

/** Waits until a check returns something; the test's own time limit is the end of patience. `everyMs`: for a check that costs much. */
export async function eventually<T>(check: () => Promise<T> | T, everyMs = 10): Promise<NonNullable<T> & {}> {
  for (;;) {
    await delay(everyMs); // between two looks, and no rhythm: on a busy machine looks would follow each other without a pause
    const result = await check();
    if (result) return result;
  }
}

const operation = (name: string) => readFile(new URL(`../../schema/operations/${name}.graphql`, import.meta.url), 'utf8');

/** The gateway, its sandboxes and a database of its own; everything ends with the `await using` that holds it. */
export async function startBench({
  sandboxes = { prod: {} },
  others = [],
  source = {},
  tokens,
  auth = {},
  server = {},
  pool = {},
  database: given,
  gateways = 1,
  options = {},
  prepare,
}: BenchOptions = {}) {
  const stack = new AsyncDisposableStack();
  try {
    const database = stack.use(given ?? (await createTestDatabase()));
    const started: Record<string, PaddleFlowSandbox> = {};
    for (const [name, sandbox] of Object.entries(sandboxes)) {
      started[name] = stack.use(await startPaddleFlowSandbox({ clock: 'manual', startAt: Date.parse('2024-03-05T02:00:00Z'), ...sandbox }));
    }
    await prepare?.(started);
    const errors: unknown[] = [];
    const config = parseConfig(
      JSON.stringify({
        server: { port: 0, ...server },
        database: pool,
        auth: {
          ...(tokens
            ? { mode: 'tokens', tokens: Object.entries({ ...tokens, [benchToken]: { role: 'admin' } }).map(tokenOf) }
            : { mode: 'open' }),
          sessionKey,
          ...auth,
        },
        sources: [
          ...others,
          ...Object.entries(started).map(([name, { url }]) => ({
            name,
            kind: 'paddleflow',
            url,
            username: 'root',
            password: 'paddleflow',
            timeZone: sandboxes[name]?.zone ?? 'Asia/Shanghai',
            ...fast,
            ...source,
          })),
        ],
      }),
      {},
    );
    const running: Tributary[] = [];
    const startGateway = async () => {
      const tributary = await startTributary({ config, databaseUrl: database.url, logError: (error) => errors.push(error), ...options });
      running.push(tributary);
      return tributary;
    };
    stack.defer(async () => void (await Promise.all(running.map((tributary) => tributary.close()))));
    for (let count = 0; count < gateways; count += 1) await startGateway();

    const at = (index = 0) => {
      const tributary = running[index];
      if (tributary === undefined) throw new Error(`there is no gateway ${index}`);
      return tributary;
    };
    const query = async <Data = JsonView>(
      text: string,
      variables: Record<string, unknown> = {},
      headers: Record<string, string> = {},
      gateway = 0,
    ): Promise<Answer<Data>> => {
      const answer = await fetch(at(gateway).url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
        body: JSON.stringify({ query: text, variables }),
      });
      return (await answer.json()) as Answer<Data>; // the test's word for it
    };
    const sandboxOf = (name: string): PaddleFlowSandbox => {
      const sandbox = started[name];
      if (sandbox === undefined) throw new Error(`there is no sandbox ${name}`);
      return sandbox;
    };

    return {
      database,
      config,
      errors,
      gateways: running,
      startGateway,
      sandbox: sandboxOf,
      /** The sandbox of the only or first source. */
      control: Object.values(started)[0]?.control as PaddleFlowSandbox['control'], // asked for only where there is one
      query,
      operation,
      /** One of the documents in `schema/operations`. */
      run: async <Data = JsonView>(name: string, variables: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
        query<Data>(await operation(name), variables, headers),
      /** The headers of somebody who has signed in with an account of PaddleFlow. */
      async signIn(username: string, password: string, on = Object.keys(started)[0] ?? ''): Promise<{ readonly authorization: string }> {
        const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInPayload { token } ... on Problem { message } } }`;
        const answer = await query(signIn, { input: { source: on, username, password } });
        const token = answer.data?.signIn?.token;
        if (!token) throw new Error(JSON.stringify(answer));
        return as(String(token));
      },
      socket: (params?: Record<string, unknown>, gateway = 0) =>
        openSocket(at(gateway).url.replace(/\/graphql$/, ''), params ? { params } : {}),
      /** Upstream calls made for viewers, as `GET /api/…`; those of the leader and logins are told apart by their request id. */
      calls: (name = Object.keys(started)[0] ?? ''): string[] =>
        sandboxOf(name)
          .control.calls()
          .filter(({ requestId, path }) => requestId.startsWith('viewer-') && !path.endsWith('/login'))
          .map(({ method, path }) => `${method} ${path}`),
      /**
       * Lets time go on in the sandbox of the only or first source until a check returns something: by one step, and by the next
       * only when the leader has made a whole turn, so that whatever lasts for a few steps is seen on a machine however busy.
       */
      async whileTimePasses<T>(stepMs: number, check: () => Promise<T> | T): Promise<NonNullable<T> & {}> {
        const { control } = sandboxOf(Object.keys(started)[0] ?? '');
        const tails = () =>
          control.calls().filter(({ requestId, path }) => requestId.startsWith('leader-') && path.includes('runFilter=')).length;
        for (;;) {
          control.advance(stepMs);
          // The first of two lists after this moment may be part of a turn that began before it; calls may also have been forgotten.
          const [seen, begun] = [tails(), { result: undefined as T | undefined }];
          await eventually(async () => {
            begun.result = await check();
            return begun.result || tails() >= seen + 2 || tails() < seen;
          });
          if (begun.result) return begun.result;
        }
      },
      forgetCalls: () => Object.values(started).forEach(({ control }) => control.clearCalls()),
      /** Until every source's history is in the catalog and its leader has made a whole turn after this moment. */
      async synced(): Promise<void> {
        // The turn that ends next may have begun before.
        const ends = new Map<string, Set<string>>();
        await eventually(async () => {
          type Sources = { sources: { name: string; syncedAt: string | null; sync?: { phase: string } }[] };
          const { data } = await query<Sources>(
            '{ sources { name syncedAt ... on PaddleFlowSource { sync { phase } } } }',
            {},
            as(benchToken),
          );
          const now = (data?.sources ?? []).filter(({ sync }) => sync); // of others nobody need be asked for anything
          for (const { name, syncedAt } of now) ends.set(name, (ends.get(name) ?? new Set()).add(syncedAt ?? ''));
          return (
            now.length > 0 && now.every(({ name, sync }) => (sync?.phase ?? 'COMPLETE') === 'COMPLETE' && (ends.get(name)?.size ?? 0) > 2)
          );
        });
      },
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
export type Bench = Awaited<ReturnType<typeof startBench>>;
