import type { Endpoint, Method } from './call.ts';

export interface Match {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

export type Route = Match | 'no-such-path' | 'no-such-method';

/** Strict: a trailing slash is another path (1.1). Fixed segments go before named ones, so that `/cluster/resource` is no cluster (2.12). */
export function createRouter(endpoints: readonly Endpoint[]): (method: string, path: string) => Route {
  const compiled = endpoints
    .map((endpoint) => ({ endpoint, segments: endpoint.path.split('/') }))
    .toSorted((a, b) => named(a.segments) - named(b.segments));
  return (method, path) => {
    const segments = path.split('/');
    let pathExists = false;
    for (const candidate of compiled) {
      const params = matchSegments(candidate.segments, segments);
      if (params === undefined) continue;
      if (candidate.endpoint.method === method) return { endpoint: candidate.endpoint, params };
      pathExists = true;
    }
    return pathExists ? 'no-such-method' : 'no-such-path';
  };
}

export const isMethod = (method: string): method is Method => ['GET', 'POST', 'PUT', 'DELETE'].includes(method);

/** Not by `URL`, which would clean `..` and double slashes away. */
export function splitPath(path: string): { pathname: string; query: URLSearchParams } {
  const mark = path.indexOf('?');
  return { pathname: mark === -1 ? path : path.slice(0, mark), query: new URLSearchParams(mark === -1 ? '' : path.slice(mark)) };
}

const named = (segments: readonly string[]): number => segments.filter((segment) => segment.startsWith(':')).length;

function matchSegments(wanted: readonly string[], given: readonly string[]): Record<string, string> | undefined {
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':') && value !== '') params[segment.slice(1)] = decode(value);
    else if (segment !== value) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
