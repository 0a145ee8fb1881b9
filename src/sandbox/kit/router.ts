/** One way into a fake system. Segments of `path` that begin with `:` become parameters. */
export interface Endpoint {
  readonly method: string;
  readonly path: `/${string}`;
}

export interface Match<E extends Endpoint> {
  readonly endpoint: E;
  readonly params: Readonly<Record<string, string>>;
}

export type Route<E extends Endpoint> = Match<E> | 'no-such-path' | 'no-such-method';

/** Strict: a trailing slash is another path. Fixed segments go before named ones, so that `/cluster/resource` is no cluster. */
export function createRouter<E extends Endpoint>(endpoints: readonly E[]): (method: string, path: string) => Route<E> {
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
