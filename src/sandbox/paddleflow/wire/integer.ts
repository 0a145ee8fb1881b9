/** A whole number of 64 bits, written as Go's `strconv` reads it. Undefined: not so. */
export function readInteger(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const whole = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, whole) === whole ? Number(whole) : undefined;
}

/** What `strconv` says of a text that is no such number. `call`: the function that was asked. */
export const notAnInteger = (text: string, call: 'Atoi' | 'ParseInt'): string =>
  `strconv.${call}: parsing ${JSON.stringify(text)}: ${/^[+-]?\d+$/.test(text) ? 'value out of range' : 'invalid syntax'}`;
