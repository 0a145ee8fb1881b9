import { ExactNumber } from '../core/exact-number.ts';
import { redact } from './redact.ts';

const deepest = 6;
const mostItems = 100;

/** Plain values with every text in them cleaned, names of keys included: for what stands beside an error in the log. Bounded in depth and breadth. */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
  if (value instanceof Date || value instanceof ExactNumber) return value;
  if (depth === deepest) return '…';
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => redactValue(item, depth + 1));
  const entries = Object.entries(value).slice(0, mostItems);
  // There the name of the user is a key.
  const isStore = entries.some(([name, item]) => name === 'fileSystemType' && item === 'CEPH');
  return Object.fromEntries(
    entries.map(([name, item]) => [
      redact(name),
      typeof item === 'string' ? redactNamed(isStore && name === 'userName' ? 'secret' : name, item) : redactValue(item, depth + 1),
    ]),
  );
}

/** What stands under the name of a secret is one. */
function redactNamed(name: string, text: string): string {
  const pair = `${name}=`;
  const clean = redact(pair + text);
  return clean.startsWith(pair) ? clean.slice(pair.length) : redact(text);
}
