/** Amounts of CPU and memory in Kubernetes' notation (2.3). */
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
const decimal = ['', 'k', 'M', 'G', 'T', 'P'];

/** In thousandths of a core; undefined: not a quantity. */
export const parseCpu = (text: string): number | undefined => {
  const match = /^([+-]?\d+(?:\.\d+)?)(m?)$/.exec(text);
  return match === null ? undefined : Math.ceil(Number(match[1]) * (match[2] === 'm' ? 1 : 1000));
};

/** In bytes; undefined: not a quantity. */
export const parseMemory = (text: string): number | undefined => {
  const match = /^([+-]?\d+(?:\.\d+)?)([A-Za-z]{0,2})$/.exec(text);
  if (match === null) return undefined;
  const unit = match[2] ?? '';
  const power =
    binary.indexOf(unit) > 0 ? 1024 ** binary.indexOf(unit) : decimal.includes(unit) ? 1000 ** decimal.indexOf(unit) : undefined;
  return power === undefined ? undefined : Math.ceil(Number(match[1]) * power);
};

export const formatCpu = (thousandths: number): string => (thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`);

/** Binary units, unless the count can be divided by 1000: then decimal ones. */
export function formatMemory(bytes: number): string {
  if (bytes === 0) return '0';
  const [units, base] = bytes % 1000 === 0 ? [decimal, 1000] : [binary, 1024];
  let power = 0;
  while (power < units.length - 1 && bytes % base ** (power + 1) === 0) power += 1;
  return `${bytes / base ** power}${units[power] ?? ''}`;
}
