import { InvalidCallError } from '../../../upstream/errors.ts';
import type { DataStorySourceConfig } from '../config.ts';

/** Whom the platform writes to when a task goes wrong. Throws an `InvalidCallError`: an address is a must (contract 1), and not every one is allowed. */
export function readEmail(given: string | undefined, { email }: Pick<DataStorySourceConfig, 'email'>): string {
  const address = given ?? email.default;
  if (address === undefined) throw new InvalidCallError('email', 'is missing, and the configuration has none');
  if (!isEmail(address)) throw new InvalidCallError('email', 'is no e-mail address');
  const domain = address.slice(address.indexOf('@') + 1).toLowerCase();
  if (email.domains.length > 0 && !email.domains.some((allowed) => allowed.toLowerCase() === domain))
    throw new InvalidCallError('email', 'is of a domain that the configuration does not allow');
  return address;
}

/** One address, with one @ (contract 4.2). Several, or one with a name, would write to others. */
export const isEmail = (text: string): boolean => text.length <= 254 && /^[^@\s\p{C},;:<>()"\\]+@[^@\s\p{C},;:<>()"\\]+$/u.test(text);

/** For registry, graph and log: it is somebody's personal data (contract 6). */
export const maskedEmail = (address: string): string => `${address.slice(0, 1)}…${address.slice(address.indexOf('@'))}`;
