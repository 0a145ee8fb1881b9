import type { UpstreamError } from '../upstream/errors.ts';

/** What is configured of a source, as far as people need it to find a mistake. */
export interface SourcePlace {
  /** Host and port. */
  readonly address: string;
  /** The account that the gateway uses there. */
  readonly account: string;
  /** What is expected there, as people call it. */
  readonly software: string;
}

/** A few intervals may fail before anybody needs to know. In milliseconds. */
export const staleAfterMs = (intervalMs: number): number => Math.max(15_000, intervalMs * 3);

/** What is the matter with a source that cannot be read and what to do about it, in words for people. Nothing that the source said is in it. */
export function troubleWords({ fault, status, code, systemCode = '' }: UpstreamError, { address, account, software }: SourcePlace): string {
  const answered = status === undefined ? '' : ` (status ${status})`;
  const named = code !== undefined && /^[A-Za-z]{1,60}$/.test(code) ? `, ${code}` : '';
  switch (fault) {
    case 'refused':
      return connectionWords(systemCode, address);
    case 'cut':
      return `${address} breaks connections off before it has answered (${known(systemCode)}). See whether ${software} or a proxy in front of it restarts, and whether the url needs https.`;
    case 'timeout':
      return `${address} does not answer in time. See whether ${software} is overloaded or hangs, and what the network does.`;
    case 'unavailable':
      return `${address} answers that it is out of order${answered}. See the log of ${software} and of what is in front of it.`;
    case 'unauthenticated':
      return `${software} at ${address} refuses the login of the account "${account}"${named}. Correct username and password of the source, or the account there.`;
    case 'rejected':
      return `${software} at ${address} refuses to show its runs to the account "${account}"${answered}${named}. See what that account may do there.`;
    case 'garbage':
      if (status === 401 || status === 403 || status === 407)
        return `Something in front of ${software} at ${address} asks for a login of its own${answered}. Let the gateway pass there, or correct the url.`;
      if (status !== undefined && status >= 300 && status < 400)
        return `${address} sends callers elsewhere${answered}, as a proxy or a login page does. Correct the url.`;
      return `What answers at ${address} does not look like ${software}${answered}. Correct the url, or see what is in front of the server.`;
    default:
      return `${address} has been failing. See the log of ${software} and the network.`;
  }
}

function connectionWords(systemCode: string, address: string): string {
  const host = address.replace(/:\d+$/, '');
  switch (systemCode) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${address}. Start the server there, or correct the url.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `No host is known by the name ${host}. Correct the url, or the DNS of this machine.`;
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${address} cannot be reached: no connection comes about. See the network and its firewalls, or correct the url.`;
    case 'CERT_HAS_EXPIRED':
      return `The certificate of ${address} has expired. Renew it there.`;
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return `The certificate of ${address} is for another name. Write that name into the url, or renew the certificate.`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `${address} does not speak TLS as it should (${systemCode}). Perhaps the url has to begin with http://.`;
  }
  if (/CERT|SELF_SIGNED|ISSUER|UNABLE_TO|SIGNATURE/.test(systemCode))
    return `The certificate of ${address} is of an authority that is not trusted here (${known(systemCode)}). Name the authority in NODE_EXTRA_CA_CERTS.`;
  if (/SSL|TLS/.test(systemCode)) return `No TLS connection to ${address} comes about (${known(systemCode)}). See what TLS it speaks.`;
  return `No connection to ${address} comes about (${known(systemCode)}). See the network, or correct the url.`;
}

/** Codes are short words in capitals; anything else is not passed on. */
const known = (code: string) => (/^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : 'no reason is given');
