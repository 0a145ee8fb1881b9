/** Amounts of CPU and memory in Kubernetes' notation (2.3). */
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const quantity = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:[eE]([+-]?\d{1,2})|([KMGTPE]i|[numkMGTPE]?))$/;

/** In thousandths of a core; undefined: not a quantity. */
export const parseCpu = (text: string): number | undefined => parseQuantity(text, 1000);

/** In bytes, or in pieces of whatever else can be counted; undefined: not a quantity. */
export const parseMemory = (text: string): number | undefined => parseQuantity(text, 1);

/** Rounded up to whole parts, of which `parts` make one. Too large a number is none. */
function parseQuantity(text: string, parts: number): number | undefined {
  const [, digits, exponent, unit = ''] = quantity.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const binaryPower = binary.indexOf(unit);
  const factor =
    exponent !== undefined ? 10 ** Number(exponent) : binaryPower > 0 ? 1024 ** binaryPower : 10 ** (3 * (decimal.indexOf(unit) - 3));
  const whole = Math.ceil(Number((Number(digits) * factor * parts).toPrecision(15)));
  return Number.isSafeInteger(whole) ? whole : undefined;
}

export const formatCpu = (thousandths: number): string => (thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`);

/** Binary units, unless the count can be divided by 1000: then decimal ones. */
export function formatMemory(bytes: number): string {
  if (bytes === 0) return '0';
  const [units, base] = bytes % 1000 === 0 ? [decimal.slice(decimal.indexOf('')), 1000] : [binary, 1024];
  let power = 0;
  while (power < units.length - 1 && bytes % base ** (power + 1) === 0) power += 1;
  return `${bytes / base ** power}${units[power] ?? ''}`;
}
