import type { Report } from './issue.ts';
import type { Entry, Value } from './yaml.ts';

/** Says what is wrong with the shape of a value, its own keys included. */
export type Check = (value: Value, path: readonly string[], report: Report) => void;

const article = (word: string) => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;

/** How a value looks to the server, with the trap of YAML 1.1 spelled out. */
export function nameOf(value: Value): string {
  if (value.kind !== 'scalar') return article(value.kind === 'map' ? 'map' : 'list');
  if (typeof value.value === 'boolean')
    return `the boolean ${value.value} (unquoted, y, n, yes, no, on and off are booleans too; quote what is text)`;
  return value.value === null ? 'nothing' : article(isNumber(value.value) ? 'number' : 'text');
}
const isNumber = (scalar: unknown) => typeof scalar === 'number' || typeof scalar === 'bigint';
const isWhole = (scalar: unknown) => typeof scalar === 'bigint' || Number.isInteger(scalar);
const isScalarOf = (value: Value, accepts: (scalar: unknown) => boolean) =>
  value.kind === 'scalar' && (value.value === undefined || accepts(value.value));
const check =
  (what: string, accepts: (value: Value) => boolean): Check =>
  (value, path, report) => {
    if (!accepts(value)) report.error(value.at, path, `${path.at(-1)} must be ${what}, not ${nameOf(value)}`);
  };

export const isNull = (value: Value): boolean => value.kind === 'scalar' && value.value === null;
export const text = check('a text', (value) => isScalarOf(value, (scalar) => typeof scalar === 'string'));
export const integer = check('a whole number', (value) => isScalarOf(value, isWhole));
export const number = check('a number', (value) => isScalarOf(value, isNumber));
export const flag = check('true or false', (value) => isScalarOf(value, (scalar) => typeof scalar === 'boolean'));
export const textOrInteger = check('a text or a whole number', (value) =>
  isScalarOf(value, (scalar) => typeof scalar === 'string' || isWhole(scalar)),
);
export const textOrNumber = check('a text or a number', (value) =>
  isScalarOf(value, (scalar) => typeof scalar === 'string' || isNumber(scalar)),
);
export const either =
  (...accepted: readonly string[]): Check =>
  (value, path, report) => {
    const wrong = value.kind !== 'scalar' || (value.value !== undefined && !accepted.includes(String(value.value)));
    if (wrong) report.error(value.at, path, `${path.at(-1)} must be ${accepted.join(' or ')}`);
  };
export const both =
  (...checks: readonly Check[]): Check =>
  (value, path, report) => {
    const before = report.issues.length;
    for (const one of checks) if (report.issues.length === before) one(value, path, report);
  };

export const list = (item: Check): Check =>
  both(
    check('a list', ({ kind }) => kind === 'list'),
    (value, path, report) => {
      if (value.kind === 'list') value.items.forEach((one, index) => item(one, [...path, String(index)], report));
    },
  );

/** A map whose keys are names of somebody's own. */
export const mapOf = (each: (entry: Entry, path: readonly string[], report: Report) => void): Check =>
  both(
    check('a map', ({ kind }) => kind === 'map'),
    (value, path, report) => {
      if (value.kind === 'map') for (const entry of value.entries.values()) each(entry, [...path, entry.name], report);
    },
  );

/** A map with keys of the language. `nulls`: what a key without a value means. */
export const record = (keys: Readonly<Record<string, Check>>, { what, nulls }: { what: string; nulls: 'absent' | 'wrong' }): Check =>
  mapOf(({ name, at, value }, path, report) => {
    const known = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (known === undefined) report.error(at, path, `${what} has no key ${name}; there are: ${Object.keys(keys).join(', ')}`);
    else if (!isNull(value) || nulls === 'wrong') known(value, path, report);
  });

export const matching = (pattern: RegExp, rule: string): Check =>
  both(text, (value, path, report) => {
    if (value.kind === 'scalar' && typeof value.value === 'string' && !pattern.test(value.value))
      report.error(value.at, path, `${path.at(-1)} ${rule}`);
  });

const names = {
  component: [/^[a-zA-Z][a-zA-Z0-9-]{0,29}$/, 'a letter, then at most 29 letters, digits or "-"'],
  parameter: [/^[A-Za-z_][A-Za-z0-9_]{0,49}$/, 'a letter or "_", then at most 49 letters, digits or "_"'],
} as const;

/** Contract 7.4. */
export function checkName(
  kind: keyof typeof names,
  { name, at }: Pick<Entry, 'name' | 'at'>,
  path: readonly string[],
  report: Report,
): void {
  const [pattern, rule] = names[kind];
  if (!pattern.test(name)) report.error(at, path, `The name ${JSON.stringify(name)} must be ${rule}`);
}
