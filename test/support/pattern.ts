/** Values of the moment that recorded answers hold in angle brackets. The others are one value throughout a case. */
const moments: Readonly<Record<string, string>> = {
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  time: '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d',
  rfc3339: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z',
  hex8: '[0-9a-f]{8}',
  hex16: '[0-9a-f]{16}',
  hex32: '[0-9a-f]{32}',
  unix: '\\d+',
  number: '\\d+',
  'server directory': '[^:]+',
};

export type Bindings = Map<string, string>;

/** The text with what is known put in. */
export const filled = (text: string, known: Bindings): string =>
  text.replaceAll(/<([^<>]+)>/g, (all, name: string) => known.get(name) ?? all);

/** Where a value differs from a recorded one, as `path: what`; empty: nowhere. Keys must be the same ones, maps in the same order. */
export function differences(recorded: unknown, given: unknown, known: Bindings, path = '$'): string[] {
  if (typeof recorded === 'string')
    return matches(recorded, given, known) ? [] : [`${path}: ${JSON.stringify(given)} is not ${JSON.stringify(recorded)}`];
  if (Array.isArray(recorded)) {
    if (!Array.isArray(given) || given.length !== recorded.length)
      return [`${path}: ${JSON.stringify(given)} is no list of ${recorded.length}`];
    return recorded.flatMap((item, index) => differences(item, given[index], known, `${path}[${index}]`));
  }
  if (typeof recorded !== 'object' || recorded === null)
    return recorded === given ? [] : [`${path}: ${JSON.stringify(given)} is not ${JSON.stringify(recorded)}`];
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [`${path}: ${JSON.stringify(given)} is no object`];
  const [wanted, found] = [recorded as Record<string, unknown>, given as Record<string, unknown>];
  const order = isOpenMap(path) ? (keys: string[]) => keys.join() : (keys: string[]) => keys.toSorted().join();
  if (order(Object.keys(wanted)) !== order(Object.keys(found)))
    return [`${path}: keys ${Object.keys(found)} are not ${Object.keys(wanted)}`];
  return Object.keys(wanted).flatMap((key) => differences(wanted[key], found[key], known, `${path}.${key}`));
}

/** Whose keys are names, which come sorted; the keys of all others are fields. */
const isOpenMap = (path: string): boolean =>
  /\.(runtime|entryPoints|postProcess|parameters|env|input|output|location|properties|scalarResources)$/.test(path);

function matches(recorded: string, given: unknown, known: Bindings): boolean {
  if (typeof given !== 'string') return false;
  const names: string[] = [];
  const source = recorded
    .split(/(<[^<>]+>)/)
    .map((part) => {
      const name = /^<([^<>]+)>$/.exec(part)?.[1];
      if (name === undefined) return quoted(part);
      const moment = moments[name];
      if (moment !== undefined) return moment;
      const value = known.get(name);
      if (value !== undefined) return quoted(value);
      const first = names.indexOf(name);
      if (first !== -1) return `\\${first + 1}`;
      names.push(name);
      return '([^\\s"/?&\\]]+)';
    })
    .join('');
  const match = new RegExp(`^${source}$`).exec(given);
  if (match === null) return false;
  for (const [index, name] of names.entries()) known.set(name, match[index + 1] ?? '');
  return true;
}

const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
