import type { Scalar as ScalarNode } from 'yaml';
import type { Scalar } from './yaml.ts';

const nothing = /^(|~|null|Null|NULL)$/;
const yes = /^(y|yes|on|true)$/i;
const no = /^(n|no|off|false)$/i;
const notInJson = /^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$/;
const whole = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/** Why a scalar cannot be read. */
export class ScalarError extends Error {}

/**
 * The value of a scalar as the server's converter to JSON reads it: YAML 1.1, but without its times and its numbers to the base of 60,
 * so `2024-03-05` and `12:30` are texts (contract 7). Throws a `ScalarError` for what JSON cannot hold and for a tag that does not fit.
 */
export function scalarOf({ value, tag, type }: ScalarNode): Exclude<Scalar['value'], undefined> {
  const text = typeof value === 'string' ? value : '';
  if (tag === undefined) return type === 'PLAIN' ? plainOf(text) : text;
  const kind = tag.startsWith('tag:yaml.org,2002:') ? tag.slice('tag:yaml.org,2002:'.length) : 'str';
  if (kind === 'binary') return Buffer.from(text, 'base64').toString('utf8');
  if (!Object.hasOwn(fits, kind)) return text;
  const plain = plainOf(text);
  if (!fits[kind as keyof typeof fits](plain)) throw new ScalarError(`${JSON.stringify(text)} is not what its tag !!${kind} says`); // `hasOwn` has looked
  return plain;
}
const fits = {
  int: (value: unknown) => typeof value === 'bigint' || Number.isInteger(value),
  float: (value: unknown) => typeof value === 'bigint' || typeof value === 'number',
  bool: (value: unknown) => typeof value === 'boolean',
  null: (value: unknown) => value === null,
};

function plainOf(text: string): Exclude<Scalar['value'], undefined> {
  if (nothing.test(text)) return null;
  if (yes.test(text)) return true;
  if (no.test(text)) return false;
  if (notInJson.test(text))
    throw new ScalarError(`${text} is a number that JSON does not have, and PaddleFlow turns the YAML into JSON; quote what is text`);
  return /^[-+.0-9]/.test(text) ? (numberOf(text.replaceAll('_', '')) ?? text) : text;
}

function numberOf(text: string): number | bigint | undefined {
  const [, sign, digits] = whole.exec(text) ?? [];
  if (digits !== undefined) {
    const size = BigInt(/^0[0-7]/.test(digits) ? `0o${digits}` : digits.toLowerCase()); // 0777 is octal
    const exact = sign === '-' ? -size : size;
    return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
  }
  // One that is too large for a float stays a text.
  return float.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
}
