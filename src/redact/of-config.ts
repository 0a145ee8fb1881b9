import { keepSecret } from './redact.ts';

/** Names under which secrets stand, in files and environments. */
const secretName = /pass|pwd|secret|token|credential|(?:^|[_.-])(?:key|auth)|(?:key|auth)$|sessionKey|apiKey|privateKey|dsn|sha256/i;

/**
 * Every secret in a configuration, or in what else comes to the process from outside, is kept: what stands under the name of one, and passwords in
 * addresses. A file that is not right in itself may hold them as well, so its shape does not matter.
 */
export function keepSecretsOf(value: unknown, name = '', depth = 0): void {
  if (depth > 12) return;
  if (typeof value === 'string') return keepSecretOf(name, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) keepSecretsOf(item, Array.isArray(value) ? name : key, depth + 1);
}

function keepSecretOf(name: string, text: string): void {
  keepSecretOfUrl(text);
  if (!secretName.test(name) || text.length > 65_536) return;
  keepSecret(text);
  if (text.trim() !== text) keepSecret(text.trim());
  // A key is known by its bytes, and those are written in several ways.
  if (/^[0-9a-f]{64}$/i.test(text) && !/sha256/i.test(name)) keepSecret(Buffer.from(text, 'hex').toString('base64').replace(/=+$/, ''));
  if (/^[\w+/-]{43}=?$/.test(text)) {
    const key = Buffer.from(text, 'base64');
    for (const form of [key.toString('hex'), key.toString('base64').replace(/=+$/, ''), key.toString('base64url')]) keepSecret(form);
  }
}

/** As it is meant, not as it is written there. */
export const passwordOf = (url: string): string => decoded(URL.parse(url)?.password ?? '');

function keepSecretOfUrl(text: string): void {
  const url = text.includes('://') ? URL.parse(text) : null;
  if (url === null) return;
  for (const password of [url.password, url.searchParams.get('password') ?? '', url.searchParams.get('sslpassword') ?? '']) {
    if (password === '') continue;
    keepSecret(password);
    keepSecret(decoded(password));
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
