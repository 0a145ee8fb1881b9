import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

/** Where a request comes from, as far as the network tells. */
export interface Client {
  /** An IPv4 address, or the /64 of an IPv6 one: whoever has one address of that has all of them. */
  readonly network: string;
  /** Unlike that of any other connection that is open now. */
  readonly connection: string;
  /** A proxy whose word is believed speaks for it, and for others on the same connection. */
  readonly proxied: boolean;
}

/**
 * Tells clients apart. `proxies`: addresses and networks of the proxies in front (`10.0.0.0/8`, `loopback`): what they say in `X-Forwarded-For`
 * is believed, and nobody else. Throws a `TypeError` for what is no address.
 */
export function createClientReader(proxies: readonly string[] = []): (request: IncomingMessage) => Client {
  const trusted = proxyAddr.compile([...proxies]);
  return (request) => {
    const { remoteAddress = '', remotePort = 0 } = request.socket;
    const proxied = remoteAddress !== '' && trusted(remoteAddress, 0);
    return { network: networkOf(proxyAddr(request, trusted)), connection: `${remoteAddress}:${remotePort}`, proxied };
  };
}

/** Whether an address is that of such a proxy. */
export function createProxyTest(proxies: readonly string[] = []): (address: string | undefined) => boolean {
  const trusted = proxyAddr.compile([...proxies]);
  return (address) => address !== undefined && trusted(address, 0);
}

/** Of an address; `unknown` for what is none, such as that of a connection which is closed already. */
export function networkOf(address: string | undefined): string {
  const [bare = ''] = (address ?? '').split('%'); // an IPv6 address of this link has its interface behind it
  if (!ipaddr.isValid(bare)) return 'unknown';
  const parsed = ipaddr.process(bare); // IPv4 within IPv6 is IPv4
  return parsed instanceof ipaddr.IPv6 ? `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64` : parsed.toString();
}
