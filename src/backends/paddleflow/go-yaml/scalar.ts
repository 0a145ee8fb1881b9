import type { YamlScalar } from './compose.ts';
import { floatName } from './float-name.ts';

const nothing = /^(|~|null|Null|NULL)$/;
const yes = /^(y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const no = /^(n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const notFinite = /^([-+]?)\.(inf|Inf|INF|nan|NaN|NAN)$/;
const whole = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const day = /^(\d{4})-(\d{1,2})-(\d{1,2})([Tt ]\d{1,2}:\d{1,2}:\d{1,2}([.,]\d+)?(Z|[-+]\d\d:\d\d)?)?$/;

/** Why a scalar cannot be read. */
export class ScalarError extends Error {
  override name = 'ScalarError';
}

export type Plain = string | number | bigint | boolean | null;
/** A `bigint` is a whole number of more digits than a number holds. */
export type Resolved =
  | { readonly kind: 'str' | 'timestamp'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number | bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'null'; readonly value: null };

const family = 'tag:yaml.org,2002:';
const kinds: readonly string[] = ['bool', 'int', 'float', 'null', 'timestamp'] satisfies Resolved['kind'][];
const text = (value: string): Resolved => ({ kind: 'str', value });

/**
 * The value of a scalar as go-yaml v2 reads it: YAML 1.1, but without its numbers to the base of 60 and with times as texts, so `2024-03-05` and
 * `12:30` are texts. Throws a `ScalarError` for a tag that does not fit.
 */
export function resolveScalar(scalar: YamlScalar): Resolved {
  const { tag, plain } = scalar;
  if (tag === '') return plain ? resolvePlain(scalar.text) : text(scalar.text);
  const kind = tag.startsWith(family) ? tag.slice(family.length) : '';
  if (kind === 'binary') return text(binary(scalar.text));
  if (!kinds.includes(kind)) return text(scalar.text);
  const found = kind === 'timestamp' && isTime(scalar.text) ? ({ kind, value: scalar.text } as const) : resolvePlain(scalar.text);
  if (found.kind === kind) return found;
  if (kind === 'float' && found.kind === 'int' && isSigned(found.value)) return { kind, value: Number(found.value) };
  throw new ScalarError(`${JSON.stringify(scalar.text)} is not what its tag !!${kind} says`);
}

/** What a key is called in JSON, which knows only texts. Undefined: go-yaml and its converter refuse it. */
export function keyNameOf(key: Resolved): string | undefined {
  if (key.kind === 'null' || (key.kind === 'int' && !isSigned(key.value))) return undefined;
  return key.kind === 'float' ? floatName(key.value) : String(key.value);
}

/** In 64 bits. */
const isSigned = (value: number | bigint) => BigInt.asIntN(64, BigInt(value)) === BigInt(value);

function resolvePlain(value: string): Resolved {
  if (nothing.test(value)) return { kind: 'null', value: null };
  if (yes.test(value)) return { kind: 'bool', value: true };
  if (no.test(value)) return { kind: 'bool', value: false };
  const [, sign, word] = notFinite.exec(value) ?? [];
  if (word === undefined) return (/^[-+.0-9]/.test(value) && numberOf(value)) || text(value);
  if (/nan/i.test(word)) return sign === '' ? { kind: 'float', value: NaN } : text(value);
  return { kind: 'float', value: sign === '-' ? -Infinity : Infinity };
}

function numberOf(value: string): Resolved | undefined {
  const digits = value.startsWith('.') ? value : value.replaceAll('_', '');
  const [, sign, size] = whole.exec(digits) ?? [];
  if (size !== undefined) {
    const amount = BigInt(/^0[0-7]/.test(size) ? `0o${size}` : size.toLowerCase()); // 0777 is octal
    const exact = sign === '-' ? -amount : amount;
    const fits = isSigned(exact) || (exact > 0n && sign === '' && BigInt.asUintN(64, exact) === exact);
    if (fits) return { kind: 'int', value: Number.isSafeInteger(Number(exact)) ? Number(exact) : exact };
  }
  // One that is too large for a float stays a text.
  return float.test(digits) && Number.isFinite(Number(digits)) ? { kind: 'float', value: Number(digits) } : undefined;
}

function binary(value: string): string {
  const base64 = value.replaceAll(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64))
    throw new ScalarError('What has the tag !!binary must be base64');
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** As far as go-yaml knows times. */
function isTime(value: string): boolean {
  const [, year = '', month = '', date = ''] = day.exec(value) ?? [];
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  return year !== '' && at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(date);
}
