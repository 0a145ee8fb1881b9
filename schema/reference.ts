import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigFile } from '../src/config.ts';

/** What `z.toJSONSchema` makes of the kinds of schema that a configuration has. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

interface Row {
  readonly key: string;
  readonly schema: Schema;
  readonly required: boolean;
  /** Of which kind of source it is; undefined: of no source. */
  readonly kind: string | undefined;
}

function* rowsOf(schema: Schema, path: string, outer?: string): Generator<Row> {
  const kind = schema.properties?.['kind']?.const ?? outer;
  for (const [name, child] of Object.entries(schema.properties ?? {})) {
    const key = path ? `${path}.${name}` : name;
    if (child.properties) yield* rowsOf(child, key, kind);
    else if (child.oneOf) for (const option of child.oneOf) yield* rowsOf(option, key, kind);
    else if (child.items?.properties) yield* rowsOf(child.items, `${key}[]`, kind);
    else if (child.items?.oneOf) for (const option of child.items.oneOf) yield* rowsOf(option, `${key}[]`, kind);
    else yield { key, schema: child, required: schema.required?.includes(name) ?? false, kind };
  }
}

function typeOf({ type, enum: words, const: word, items, minimum, maximum }: Schema): string {
  if (word !== undefined) return `\`${word}\``;
  if (words) return words.map((option) => `\`${option}\``).join(', ');
  if (type === 'array') return `list of ${items?.type}s`;
  const bounded = minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return bounded ? `${type}, ${minimum} to ${maximum}` : (type ?? '');
}

/** Several alternatives may share a key: it is one row, but for kinds of sources, of which each has its own. */
function lineOf([first, ...others]: readonly Row[]): string {
  if (first === undefined) return '';
  const { key, schema, required, kind } = first;
  const type = [first, ...others].map((row) => typeOf(row.schema)).filter((text, index, all) => all.indexOf(text) === index);
  const fallback =
    schema.default === undefined ? (required && others.length === 0 ? 'required' : '') : `\`${JSON.stringify(schema.default)}\``;
  const of = kind === undefined ? '' : ` of \`${kind}\``;
  return `| \`${key}\`${of} | ${type.join(', ')} | ${fallback} | ${schema.description ?? ''} |`;
}

/** The reference of the configuration, as the README has it between its two marks. Keys that end in `Ms` are milliseconds. */
export function configurationTable(): string {
  const rows = Map.groupBy(rowsOf(z.toJSONSchema(ConfigFile, { io: 'input' }) as Schema, ''), ({ key, kind }) => `${key} ${kind}`);
  return ['| key | type | default | meaning |', '|---|---|---|---|', ...[...rows.values()].map(lineOf)].join('\n');
}

const place = /(<!-- configuration -->\n)[^]*?(\n<!-- \/configuration -->)/;
export const withReference = (readme: string): string =>
  readme.replace(place, (_all, start: string, end: string) => start + configurationTable() + end);

if (import.meta.main) {
  const file = new URL('../README.md', import.meta.url);
  await writeFile(file, withReference(await readFile(file, 'utf8')));
}
