import type { UpstreamError, UpstreamFault } from '../../../upstream/errors.ts';

const outages: ReadonlySet<UpstreamFault> = new Set<UpstreamFault>(['unavailable', 'refused', 'cut', 'timeout', 'circuit-open']);

/** The source as a whole does not answer, rather than refusing one thing. One undecodable row is a `""` 500 as well, and no outage (contract 2.7). */
export const isOutage = (error: UpstreamError): boolean => outages.has(error.fault) && error.code !== '';
