/** An amount in Kubernetes' notation, such as `500m`, `20Gi`, `1e3`, with its value: cores, bytes or pieces. */
export interface Quantity {
  readonly text: string;
  /** Null for a text that is no quantity: a row of an old server. */
  readonly value: number | null;
}

const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** Upper case `K` is none of them; an `E` with digits behind it is an exponent. */
const grammar = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]?|[KMGTPE]i)|[eE]([+-]?\d+))$/;

/** Undefined: not a quantity. */
export function parseQuantity(text: string): number | undefined {
  const [, digits, suffix = '', exponent] = grammar.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const power = binary.indexOf(suffix);
  // Through the decimal notation, as 0.1 * 1000 and the like would be a little off.
  const value = power > 0 ? Number(digits) * 1024 ** power : Number(`${digits}e${exponent ?? decimal[suffix]}`);
  return Number.isFinite(value) ? value : undefined;
}

export const quantityOf = (text: string): Quantity => ({ text, value: parseQuantity(text) ?? null });

/**
 * PaddleFlow writes sizes in binary units, but in decimal ones when the bytes can be divided by 1000: `1000Mi` comes back as `1048576k` (contract
 * 2.3). Of the two notations the shorter one is shown, which is the one a person would have written.
 */
export function memoryOf(text: string): Quantity {
  const bytes = parseQuantity(text);
  if (bytes === undefined || !Number.isSafeInteger(bytes) || bytes === 0 || text.endsWith('i')) return quantityOf(text);
  let power = 0;
  while (power < binary.length - 1 && bytes % 1024 ** (power + 1) === 0) power += 1;
  const asBinary = `${bytes / 1024 ** power}${binary[power]}`;
  return { text: power > 0 && asBinary.length < text.length ? asBinary : text, value: bytes };
}
