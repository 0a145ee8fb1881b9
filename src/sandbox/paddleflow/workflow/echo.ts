const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  e: '\u001b',
};

/** `\n`, `\t`, `\033` and their kin. */
export const escapes = (text: string): string =>
  text.replaceAll(/\\(?:(0[0-7]{0,3})|x([0-9a-fA-F]{1,2})|([ntrabfve\\]))/g, (_match, octal?: string, hex?: string, letter?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return hex === undefined ? (ESCAPES[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16));
  });

/** `printf`: the format is used again until there are no arguments left. */
export function formatted([format = '', ...args]: readonly string[]): string {
  const places = Array.from(format.matchAll(/%-?\d*[sdiq]/g)).length;
  const rounds = Math.max(1, Math.ceil(args.length / Math.max(1, places)));
  let next = 0;
  const fill = (place: string, left: string | undefined, width: string | undefined, kind: string | undefined): string => {
    if (kind === undefined) return '%';
    const value = args[next] ?? (kind === 's' || kind === 'q' ? '' : '0');
    next += 1;
    return left === '-' ? value.padEnd(Number(width)) : value.padStart(Number(width), place.startsWith('%0') ? '0' : ' ');
  };
  const once = (): string => escapes(format).replaceAll(/%(?:(-?)(\d*)([sdiq])|%)/g, fill);
  return Array.from({ length: places === 0 ? 1 : rounds }, once).join('');
}
