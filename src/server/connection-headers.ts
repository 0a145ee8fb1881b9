import type { IncomingHttpHeaders } from 'node:http';

/**
 * What a browser may add to the headers of its WebSocket, as it cannot set any there. A closed list: whatever else a proxy in front
 * sets or strips (`x-forwarded-for`, a user's name) must not come in through this back door.
 */
const ALLOWED = ['authorization', 'accept-language', 'traceparent', 'tracestate', 'x-request-id'];

/** The headers of the upgrade with those of `connectionParams`, on its top level or under `headers`, in any case of letters. */
export function connectionHeaders(
  upgrade: IncomingHttpHeaders,
  params: Readonly<Record<string, unknown>> | undefined,
): IncomingHttpHeaders {
  const { headers: nested, ...top } = params ?? {};
  const given = Object.entries({ ...top, ...(typeof nested === 'object' ? nested : {}) });
  const allowed = given.flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    return typeof value === 'string' && ALLOWED.includes(lower) ? [[lower, value] as const] : [];
  });
  return { ...upgrade, ...Object.fromEntries(allowed) };
}
