import type { Report } from './issue.ts';
import { integer, isNull, matching, nameOf, number, text } from './shape.ts';
import { ownTemplatesIn, templatesIn } from './template.ts';
import { entriesOf, textOf, type ListValue, type MapValue, type Value } from './yaml.ts';

/** What a default must be, by type. A template is a text, whatever it would become. */
const defaults = {
  string: text,
  float: number,
  int: integer,
  path: matching(/^[.a-zA-Z0-9/_-]+$/, 'is a path: letters, digits and . / _ - only'),
} as const;
type Type = keyof typeof defaults;
const isType = (type: string | undefined): type is Type => type !== undefined && Object.hasOwn(defaults, type);

/** A text, a number, a list of these, or `{type, default}` (contract 7.5). Whether it has a value at all is another question. */
export function checkParameter(value: Value, path: readonly string[], report: Report): void {
  if (value.kind === 'list') return checkItems(value, path, report);
  if (value.kind === 'map') return checkTyped(value, path, report);
  if (typeof value.value === 'boolean')
    report.error(value.at, path, `A parameter must be a text, a number or a list, not ${nameOf(value)}`);
}

function checkItems({ items }: ListValue, path: readonly string[], report: Report): void {
  items.forEach((item, index) => {
    const here = [...path, String(index)];
    if (item.kind === 'list') return checkItems(item, here, report);
    if (item.kind === 'map' || typeof item.value === 'boolean' || isNull(item))
      return report.error(item.at, here, `A list as parameter holds texts, numbers and lists, not ${nameOf(item)}`);
    const held = textOf(item) ?? '';
    if (templatesIn(held).length > 0)
      report[ownTemplatesIn(held).length > 0 ? 'error' : 'warning'](item.at, here, 'A list as parameter holds no templates');
  });
}

/** A key of a typed parameter, which may be written in upper or lower case. The one that is spelt as the server's own counts. */
export function keyOfTyped(value: MapValue, key: 'type' | 'default'): Value | undefined {
  const entries = entriesOf(value).filter(({ name }) => name.toLowerCase() === key);
  const own = `${key[0]?.toUpperCase()}${key.slice(1)}`;
  return (entries.find(({ name }) => name === own) ?? entries[0])?.value;
}

/** The type that a parameter has by its declaration, if it has any that there is. */
export function typeOf(value: Value | undefined): Type | undefined {
  const type = value?.kind === 'map' ? textOf(keyOfTyped(value, 'type')) : undefined;
  return isType(type) ? type : undefined;
}

/** What is given for a parameter of a type. */
export const checkGiven = (type: Type, value: Value, path: readonly string[], report: Report): void => defaults[type](value, path, report);

function checkTyped(value: MapValue, path: readonly string[], report: Report): void {
  for (const { name, at } of value.entries.values())
    if (!['type', 'default'].includes(name.toLowerCase()))
      report.warning(at, [...path, name], 'Of a parameter that is a map, only the keys type and default count');
  const given = textOf(keyOfTyped(value, 'type'));
  if (given === 'list') return report.error(value.at, path, 'The type list is refused by PaddleFlow: write the list itself');
  const type = typeOf(value);
  if (type === undefined)
    return report.error(value.at, path, `A parameter that is a map needs a type: ${Object.keys(defaults).join(', ')}`);
  const held = keyOfTyped(value, 'default');
  if (held === undefined || isNull(held) || textOf(held) === '') return;
  checkGiven(type, held, [...path, 'default'], report);
}
