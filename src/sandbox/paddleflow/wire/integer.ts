/** A whole number of 64 bits, written as Go's `strconv` reads it. Undefined: not so. */
export function readInteger(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const whole = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, whole) === whole ? Number(whole) : undefined;
}
