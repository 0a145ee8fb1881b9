import { buildSchema, GraphQLError } from 'graphql';
import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { createGateway } from '../../src/server.ts';
import type { GatewayOptions } from '../../src/server.ts';
import type { Operation } from '../../src/server/operation.ts';
import { createInbox } from '../support/socket.ts';

const schema = buildSchema(/* GraphQL */ `
  type Query {
    hello: String!
    viewer: String
    echo(text: String!): String!
    self: Query!
    bug: String
    wrongType: Int
    denied: String
    hang: String
  }
  type Mutation {
    write(text: String!): String!
  }
  type Subscription {
    lines(count: Int!, after: String): Line!
    news: Line!
    log: LogLines!
    broken: Line!
  }
  type LogLines {
    lines: [LogLine!]!
  }
  type LogLine {
    number: Int!
    text: String!
  }
  type Line {
    cursor: String!
    text: String!
    "How often the context of this event was asked."
    loads: Int!
  }
`);

interface Context {
  operation: Operation;
  toy: Toy;
  loads?: number;
}

/** What a test can see and steer behind the graph. */
export interface Toy {
  writes: string[];
  /** The signals of operations that wait in `hang`. */
  hanging: ReturnType<typeof createInbox<AbortSignal>>;
  /** Lets those that wait in `hang` go on. */
  release(): void;
  /** Lines that subscribers of `lines` have pulled, by the length of their list. */
  pulled: Map<number, number>;
  /** One entry per source of a subscription that was left. */
  left: ReturnType<typeof createInbox<string>>;
  /** Pushes an item to all who listen to `news` or, as lines, to `log`. */
  publish(text: string): void;
  /** Their readers at the moment. */
  listening: Set<(text: string) => void>;
  /** A new reader has come. */
  joined: ReturnType<typeof createInbox<void>>;
}

const text = 'x'.repeat(1024);

const root = {
  hello: () => 'hello',
  viewer: (_args: unknown, { operation }: Context) => operation.headers.authorization,
  echo: (args: { text: string }) => args.text,
  self: () => root,
  bug: () => {
    throw new Error('password=hunter2');
  },
  wrongType: () => 'not a number: hunter2',
  denied: () => {
    throw new GraphQLError('Not for you', { extensions: { code: 'FORBIDDEN' } });
  },
  hang: async (_args: unknown, { operation, toy }: Context) => {
    toy.hanging.add(operation.signal);
    const { promise, resolve } = Promise.withResolvers<void>();
    operation.signal.addEventListener('abort', () => resolve());
    released.add(resolve);
    await promise;
    operation.signal.throwIfAborted();
    return 'done';
  },
  write: (args: { text: string }, { toy }: Context) => {
    toy.writes.push(args.text);
    return args.text;
  },
};
const released = new Set<() => void>();

const line = (n: number) => ({
  cursor: `c${n}`,
  text: `${n} ${text}`,
  loads: (_args: unknown, context: Context) => (context.loads = (context.loads ?? 0) + 1),
});

const fieldsOf = (type: string) => (schema.getType(type) as GraphQLObjectType).getFields(); // the toy's own types
for (const field of [...Object.values(fieldsOf('Query')), ...Object.values(fieldsOf('Mutation'))]) {
  const resolve = root[field.name as keyof typeof root] as (args: unknown, context: Context) => unknown; // the same names
  field.resolve = (_source, args, context: Context) => resolve(args, context);
}

const { lines, news, log, broken } = fieldsOf('Subscription') as Record<
  'lines' | 'news' | 'log' | 'broken',
  GraphQLField<unknown, Context>
>;
lines.subscribe = (_root, { count, after }, { operation, toy }: Context) => {
  let last = Number((operation.lastEventId ?? after ?? 'c0').slice(1));
  return iteratorOf(toy, 'lines', async () => {
    if (last >= count) return undefined;
    last += 1;
    toy.pulled.set(count, (toy.pulled.get(count) ?? 0) + 1);
    return { cursor: `c${last}`, lines: line(last) };
  });
};
/** What is published from now on. */
function listen(toy: Toy, name: string, eventOf: (item: string) => object) {
  const inbox = createInbox<string>();
  toy.listening.add(inbox.add);
  toy.joined.add();
  const source = iteratorOf(toy, name, async () => ({ cursor: 'c', [name]: eventOf(await inbox.next()) }));
  return { ...source, return: () => (toy.listening.delete(inbox.add), source.return()) };
}
news.subscribe = (_root, _args, { toy }) => listen(toy, 'news', (item) => ({ cursor: 'c', text: () => told(item), loads: 0 }));
/** One event that no answer can be made of. */
function told(item: string): string {
  if (item === 'bug') throw new Error('password=hunter2');
  return item;
}
log.subscribe = (_root, _args, { toy }) => {
  return listen(toy, 'log', (item) => ({ lines: item.split('\n').map((content, index) => ({ number: index + 1, text: content })) }));
};
broken.subscribe = (_root, _args, { toy }: Context) =>
  iteratorOf(toy, 'broken', async () => {
    throw new Error('password=hunter2');
  });

/** As the live streams do it: `return()` wakes a `next()` that waits. (A race with one promise for the end would keep every item.) */
function iteratorOf<T>(toy: Toy, name: string, pull: () => Promise<T | undefined>) {
  let wake: ((value: undefined) => void) | undefined;
  let over = false;
  return {
    async next(): Promise<IteratorResult<T>> {
      const { promise, resolve, reject } = Promise.withResolvers<T | undefined>();
      wake = resolve;
      if (over) resolve(undefined);
      else pull().then(resolve, reject);
      const value = await promise;
      return value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
    async return(): Promise<IteratorResult<T>> {
      if (!over) toy.left.add(name);
      over = true;
      wake?.(undefined);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** A gateway over a toy schema. Tokens: `Bearer bad` is refused. */
export async function startToy(options: Partial<GatewayOptions<object>> = {}) {
  const toy: Toy = {
    writes: [],
    hanging: createInbox(),
    release: () => released.forEach((resolve) => resolve()),
    pulled: new Map(),
    left: createInbox(),
    listening: new Set(),
    publish: (item) => toy.listening.forEach((add) => add(item)),
    joined: createInbox(),
  };
  const logged: { errorId: string; error: unknown }[] = [];
  const operations: Operation[] = [];
  const gateway = createGateway<object>({
    schema,
    context: (operation): Context => {
      operations.push(operation);
      if (operation.headers.authorization === 'Bearer bad') {
        throw new GraphQLError('The token is not valid', { extensions: { code: 'UNAUTHENTICATED' } });
      }
      return { operation, toy };
    },
    ready: () => {},
    logError: (errorId, error) => logged.push({ errorId, error }),
    drainMs: 2000,
    ...options,
  });
  const url = await gateway.listen(0, '127.0.0.1');
  return {
    ...toy,
    url,
    gateway,
    logged,
    /** What `context` was called with. */
    operations,
    post: (body: unknown, headers: Record<string, string> = {}) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    [Symbol.asyncDispose]: () => gateway.close(),
  };
}
