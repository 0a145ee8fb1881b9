import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import { refusal } from './params.ts';

export interface VisitorOptions {
  /** Origins of the web pages that may use the gateway, such as `https://ops.example.com`; `*` for all. Its own page always may. */
  origins: readonly string[];
  /** Names under which it is reached, besides loopback ones. */
  hosts: readonly string[];
}

/**
 * Which web pages may talk to the gateway: the same answer for HTTP, SSE and WebSocket (to which browsers apply no CORS). Programs
 * send no `Origin` and are not concerned. Without this, any page that a developer opens could use the open gateway on localhost.
 */
export function createDoor({ origins, hosts }: VisitorOptions) {
  const mayCome = (origin: string) => origins.includes('*') || origins.includes(origin);

  return {
    /** Throws 421 for a name that is not ours while bound to loopback: DNS rebinding makes a foreign page look like our own. */
    assertHost({ headers: { host } }: IncomingMessage, boundTo: string): void {
      if (!isLoopback(boundTo)) return; // behind a proxy or balancer, any name may be right
      const name = nameOf(host);
      if (name === undefined || isLoopback(name) || hosts.includes(name)) return;
      throw refusal(
        421,
        'MISDIRECTED_REQUEST',
        `This gateway is not known as ${JSON.stringify(name)}: add the name to the configured hosts.`,
      );
    },

    /** Throws 403 for a page that may not come. */
    assertOrigin({ headers }: IncomingMessage): void {
      const origin = foreignOrigin(headers);
      if (origin === undefined || mayCome(origin)) return;
      throw refusal(403, 'ORIGIN_NOT_ALLOWED', `Pages from ${origin} may not use this gateway: add the origin to the configured ones.`);
    },

    /** Tells the browser that this page, which was let in, may read the answer; ends a preflight and returns true. */
    answerCors({ headers, method }: IncomingMessage, response: ServerResponse): boolean {
      if (origins.length === 0) return false;
      response.setHeader('Vary', 'Origin');
      const origin = foreignOrigin(headers);
      if (origin === undefined) return false;
      response.setHeader('Access-Control-Allow-Origin', origin);
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
function foreignOrigin(headers: IncomingHttpHeaders): string | undefined {
  const { origin, host } = headers;
  if (origin !== undefined) return hostOf(origin) === host?.toLowerCase() ? undefined : origin;
  // A browser leaves `Origin` out of a simple GET, such as an image's, but tells where it comes from.
  const site = headers['sec-fetch-site'];
  const crossing = site === 'cross-site' || site === 'same-site';
  return crossing && headers['sec-fetch-mode'] !== 'navigate' ? 'another site' : undefined;
}

/** Whether an address or name can only mean this machine. */
export function isLoopback(name: string): boolean {
  if (name === 'localhost' || name === '::1') return true;
  return isIP(name) === 4 && name.startsWith('127.');
}

function hostOf(origin: string): string | undefined {
  return URL.parse(origin)?.host; // `null`, the origin of a sandboxed frame, has none
}

/** `localhost` of `localhost:4000`, `::1` of `[::1]:4000`. */
function nameOf(host: string | undefined): string | undefined {
  const name = host === undefined ? undefined : URL.parse(`http://${host}`)?.hostname;
  return name?.replace(/^\[|\]$/g, '');
}
