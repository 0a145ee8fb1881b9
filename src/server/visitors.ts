import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { refusal } from './params.ts';

export interface DoorOptions {
  /** Origins of the web pages that may use the gateway, such as `https://ops.example.com`; `*` for all. Its own page always may. */
  origins: readonly string[];
  /** Names under which it is reached, besides loopback ones. */
  hosts: readonly string[];
  /** Pages that this machine itself serves may come too, on whatever port: those that a developer works on. */
  localPages: boolean;
  /** Whose word is believed for the host that a browser has asked. */
  isProxy: (address: string | undefined) => boolean;
}

/**
 * Which web pages may talk to the gateway: the same answer for HTTP, SSE and WebSocket (to which browsers apply no CORS). Programs
 * send no `Origin` and are not concerned. Without this, any page that a developer opens could use the open gateway on localhost.
 */
export function createDoor({ origins, hosts, localPages, isProxy }: DoorOptions) {
  const mayCome = (origin: string) => origins.includes('*') || origins.includes(origin) || (localPages && isLocalPage(origin));
  const foreignOrigin = (request: IncomingMessage) => foreignOriginOf(request, isProxy(request.socket.remoteAddress));

  return {
    /** Throws 421 for a name that is not ours while bound to loopback: DNS rebinding makes a foreign page look like our own. */
    assertHost({ headers: { host } }: IncomingMessage, boundTo: string): void {
      if (!isLoopback(boundTo)) return; // behind a proxy or balancer, any name may be right
      const name = nameOf(host);
      if (name === undefined || isLocalName(name) || hosts.includes(name)) return;
      throw refusal(
        421,
        'MISDIRECTED_REQUEST',
        `This gateway is not known as ${JSON.stringify(name)}: add the name to the configured hosts.`,
      );
    },

    /** Throws 403 for a page that may not come. */
    assertOrigin(request: IncomingMessage): void {
      const origin = foreignOrigin(request);
      if (origin === undefined || mayCome(origin)) return;
      throw refusal(403, 'ORIGIN_NOT_ALLOWED', `Pages from ${origin} may not use this gateway: add the origin to the configured ones.`);
    },

    /** Tells the browser that this page, which was let in, may read the answer; ends a preflight and returns true. */
    answerCors(request: IncomingMessage, response: ServerResponse): boolean {
      if (origins.length === 0 && !localPages) return false;
      const { headers, method } = request;
      response.setHeader('Vary', 'Origin');
      const origin = foreignOrigin(request);
      if (origin === undefined) return false;
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Expose-Headers', 'Retry-After, WWW-Authenticate');
      if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
      response.writeHead(204, {
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Allow-Headers': headers['access-control-request-headers'] ?? 'content-type, authorization, last-event-id',
        'Access-Control-Max-Age': '7200',
      });
      response.end();
      return true;
    },
  };
}

/** Undefined for a program, for the gateway's own page and for a followed link. */
function foreignOriginOf({ headers }: IncomingMessage, proxied: boolean): string | undefined {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  // Said by the browser itself, which knows the address in its own bar whatever stands between: no page can send this header.
  if (site === 'same-origin') return undefined;
  if (origin !== undefined) return hostsAskedFor(headers, proxied).some((host) => isSameHost(origin, host)) ? undefined : origin;
  // A browser leaves `Origin` out of a simple GET, such as an image's, but tells where it comes from.
  const crossing = site === 'cross-site' || site === 'same-site';
  return crossing && headers['sec-fetch-mode'] !== 'navigate' ? 'another site' : undefined;
}

/** What the browser may have asked for: `Host`, and what a proxy that is believed says it was before. */
function hostsAskedFor(headers: IncomingHttpHeaders, proxied: boolean): string[] {
  const first = (name: string) =>
    String(headers[name] ?? '')
      .split(',')[0]
      ?.trim() ?? ''; // that of the outermost proxy
  const forwarded = proxied ? first('x-forwarded-host') : '';
  const port = proxied ? first('x-forwarded-port') : '';
  const name = nameOf(forwarded || headers.host);
  const withPort = name !== undefined && /^\d+$/.test(port) ? `${name.includes(':') ? `[${name}]` : name}:${port}` : '';
  return [headers.host ?? '', forwarded, withPort].filter((host) => host !== '');
}

/** By the origin's own scheme, whose port may be left out. A proxy often drops the port, and where TLS ends it is another one. */
function isSameHost(origin: string, host: string): boolean {
  const page = URL.parse(origin); // `null`, the origin of a sandboxed frame, is none
  const asked = page && URL.parse(`${page.protocol}//${host}`);
  if (!page || !asked) return false;
  const hasPort = /:\d+$/.test(host);
  return page.host === asked.host || (!hasPort && page.hostname === asked.hostname);
}

function isLocalPage(origin: string): boolean {
  const page = URL.parse(origin);
  return page !== null && /^https?:$/.test(page.protocol) && isLocalName(page.hostname.replace(/^\[|\]$/g, ''));
}

/** Browsers look for names below `localhost` nowhere but here, and no name server on the way has anything to say. */
const isLocalName = (name: string) => isLoopback(name) || name.endsWith('.localhost');

/** Whether an address or name can only mean this machine. */
export function isLoopback(name: string): boolean {
  if (name === 'localhost' || name === '::1') return true;
  return isIP(name) === 4 && name.startsWith('127.');
}

/** `localhost` of `localhost:4000`, `::1` of `[::1]:4000`. */
function nameOf(host: string | undefined): string | undefined {
  const name = host === undefined ? undefined : URL.parse(`http://${host}`)?.hostname;
  return name?.replace(/^\[|\]$/g, '');
}
