import { invalidPipeline } from '../error.ts';
import type { Value } from '../value.ts';

const TRUE = /^(y|yes|on|true)$/i;
const FALSE = /^(n|no|off|false)$/i;
const NULL = /^(|~|null|Null|NULL)$/;
const NOT_IN_JSON = /^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const INTEGER: readonly (readonly [form: RegExp, prefix: string])[] = [
  [/^0[xX]([0-9a-fA-F]+)$/, '0x'],
  [/^0[bB]([01]+)$/, '0b'],
  [/^0[oO]?([0-7]+)$/, '0o'], // YAML 1.1 writes octal as 0777
  [/^(0|[1-9][0-9]*)$/, ''],
];

/**
 * A scalar without quotes and tag. Timestamps and sexagesimal numbers stay text: the converter knows neither.
 * `.inf` and `.nan` cannot be written as JSON, so the whole text is refused.
 */
export function plainScalar(text: string): Value {
  if (NULL.test(text)) return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  if (NOT_IN_JSON.test(text)) throw invalidPipeline(`error converting YAML to JSON: json: unsupported value: ${text}`);
  return numberOf(text) ?? text;
}

/** A scalar with an explicit tag such as `!!str`; unknown tags leave the text alone. */
export function taggedScalar(tag: string, text: string): Value {
  const kind = tag.replace('tag:yaml.org,2002:', '');
  if (kind === 'str' || kind === 'timestamp') return text;
  if (kind === 'binary') return Buffer.from(text, 'base64').toString('utf8');
  const value = plainScalar(text);
  const fits = {
    int: typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)),
    float: typeof value === 'bigint' || typeof value === 'number',
    bool: typeof value === 'boolean',
    null: value === null,
  };
  if (kind !== 'int' && kind !== 'float' && kind !== 'bool' && kind !== 'null') return text;
  if (!fits[kind]) throw invalidPipeline(`error converting YAML to JSON: yaml: cannot decode \`${text}\` as a !!${kind}`);
  return value;
}

function numberOf(text: string): number | bigint | undefined {
  if (!/^[-+.0-9]/.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  const digits = plain.replace(/^[-+]/, '');
  for (const [form, prefix] of INTEGER) {
    const match = form.exec(digits);
    if (match === null) continue;
    const whole = BigInt(`${prefix}${match[1]}`) * (plain.startsWith('-') ? -1n : 1n);
    const fits = whole >= -(2n ** 63n) && whole < 2n ** 63n;
    return fits && !Number.isSafeInteger(Number(whole)) ? whole : Number(whole);
  }
  return FLOAT.test(plain) ? Number(plain) : undefined;
}
