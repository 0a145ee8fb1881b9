import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** An operation that GraphiQL shows in a tab of its own at the first visit. */
export interface Example {
  title: string;
  query: string;
  variables?: Record<string, unknown>;
}

/** What the page has to know of a gateway with viewers, sources and runs. */
export interface AboutGateway {
  /** `open`: whoever comes is known. */
  readonly mode: 'open' | 'tokens';
  /** Sources on which people can sign in. Strangers see these names: they have to choose one. */
  readonly signIn: readonly string[];
  /** Nobody minds a run more. */
  readonly demo: boolean;
}

interface Asset {
  type: string;
  etag: string;
  gzipped: Buffer;
}

const SCRIPT = 'text/javascript; charset=utf-8';

/** From npm, already bundled: megabytes of text, so they are loaded and packed when the first visitor asks for them. */
const bundle = () => import('@graphql-yoga/render-graphiql/graphiql');

const assets: Readonly<Record<string, () => Promise<Asset>>> = {
  '/graphiql/graphiql.js': once(async () => pack(SCRIPT, (await bundle()).js)),
  '/graphiql/graphiql.css': once(async () => pack('text/css; charset=utf-8', (await bundle()).css)),
  '/graphiql/editorWorkerService.js': once(async () => pack(SCRIPT, (await bundle()).editorWorkerService)),
  '/graphiql/json.js': once(async () => pack(SCRIPT, (await bundle()).jsonWorker)),
  '/graphiql/graphql.js': once(async () => pack(SCRIPT, (await bundle()).graphqlWorker)),
  '/graphiql/page.css': once(async () => pack('text/css; charset=utf-8', await readFile(new URL('page/page.css', import.meta.url)))),
  ...Object.fromEntries(
    ['early', 'page', 'settings', 'account', 'stream', 'live-examples', 'exact', 'variables', 'log-view', 'colours', 'theme'].map(
      (name) => [`/graphiql/${name}.js`, once(async () => pack(SCRIPT, await readFile(new URL(`page/${name}.js`, import.meta.url))))],
    ),
  ),
};

/** The page may load and connect to nothing but this server, whatever its dependencies would like. Monaco sets styles in the markup. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** GraphiQL without a CDN: a page, its scripts and the assets of an npm package. Every address in it is relative to `…/graphql`. */
export function createGraphiQL(examples: readonly Example[], about?: AboutGateway) {
  const html = renderPage(examples, about);
  return {
    page(response: ServerResponse): void {
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-cache',
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
      });
      response.end(html);
    },
    serves: (path: string) => Object.hasOwn(assets, path),
    async serve(path: string, { headers }: IncomingMessage, response: ServerResponse): Promise<void> {
      const asset = await assets[path]?.();
      if (asset === undefined) throw new Error(`There is no asset ${path}`);
      const { type, etag, gzipped } = asset;
      const common = { ETag: etag, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' };
      if (headers['if-none-match'] === etag) return void response.writeHead(304, common).end();
      // Every browser takes gzip; whoever else comes here can unpack it.
      response.writeHead(200, { ...common, 'Content-Type': type, 'Content-Encoding': 'gzip', 'Content-Length': gzipped.length });
      response.end(gzipped);
    },
  };
}

const compress = promisify(gzip);

async function pack(type: string, content: string | Buffer): Promise<Asset> {
  const gzipped = await compress(content);
  return { type, gzipped, etag: `"${createHash('sha256').update(gzipped).digest('base64url')}"` };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** As data and not as code; `<` is escaped so that no text can end the element. */
const dataOf = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');
const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** One token for all tabs; where people can sign in, a form for that. */
function renderAccount({ signIn }: AboutGateway): string {
  const source =
    signIn.length === 1
      ? `<input type="hidden" name="source" value="${escape(signIn[0] ?? '')}" />`
      : `<label>Source <select name="source">${signIn.map((name) => `<option>${escape(name)}</option>`).join('')}</select></label>`;
  const form = `<form id="sign-in">
        ${source}
        <label>User <input name="username" required autocomplete="username" /></label>
        <label>Password <input name="password" type="password" required autocomplete="current-password" /></label>
        <button>Sign in</button>
      </form>`;
  return `<header id="account">
      <form id="token-form">
        <label>Token <input name="token" type="password" autocomplete="off" title="For all tabs, until this tab of the browser is closed" /></label>
        <button>Use</button>
        <button type="button" id="forget" hidden>Forget</button>
      </form>
      ${signIn.length > 0 ? form : ''}
      <output id="account-says"></output>
    </header>`;
}

function renderPage(examples: readonly Example[], about: AboutGateway | undefined): string {
  const tabs = examples.map(({ title, query, variables }) => ({
    title,
    query: query.trimStart().startsWith('#') ? query : `# ${title}\n${query}`,
    ...(variables && { variables }),
  }));
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Tributary</title>
    <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M3 2c0 6 5 5 5 12M13 2c0 6-5 5-5 12' fill='none' stroke='%232a7ab8' stroke-width='2.5'/%3E%3C/svg%3E" />
    <link rel="stylesheet" href="graphiql/graphiql.css" />
    <link rel="stylesheet" href="graphiql/page.css" />
  </head>
  <body>
    <noscript>GraphiQL needs JavaScript. The schema is here by introspection, with POST.</noscript>
    ${about ? renderAccount(about) : ''}
    <div id="root"></div>
    <script type="application/json" id="examples">${dataOf(tabs)}</script>
    <script type="application/json" id="gateway">${dataOf(about ?? null)}</script>
    <script src="graphiql/early.js"></script>
    <script src="graphiql/graphiql.js"></script>
    <script type="module" src="graphiql/page.js"></script>
  </body>
</html>
`;
}
