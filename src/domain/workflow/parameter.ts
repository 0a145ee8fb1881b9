import type { Report } from './issue.ts';
import { integer, isNull, matching, nameOf, number, text } from './shape.ts';
import { templatesIn } from './template.ts';
import { entryOf, textOf, type ListValue, type MapValue, type Value } from './yaml.ts';

/** What a default must be, by type. */
const defaults = {
  string: text,
  float: number,
  int: integer,
  path: matching(/^[.a-zA-Z0-9/_-]+$/, 'is a path: letters, digits and . / _ - only'),
} as const;
const isType = (type: string | undefined): type is keyof typeof defaults => type !== undefined && Object.hasOwn(defaults, type);

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
    if (templatesIn(textOf(item) ?? '').length > 0) report.error(item.at, here, 'A list as parameter holds no templates');
  });
}

function checkTyped(value: MapValue, path: readonly string[], report: Report): void {
  const type = textOf(entryOf(value, 'type')?.value);
  for (const { name, at } of value.entries.values())
    if (name !== 'type' && name !== 'default')
      return report.error(at, [...path, name], 'A parameter that is a map has the keys type and default only');
  if (type === 'list') return report.error(value.at, path, 'The type list is refused by PaddleFlow: write the list itself');
  if (!isType(type)) return report.error(value.at, path, `A parameter that is a map needs a type: ${Object.keys(defaults).join(', ')}`);
  const given = entryOf(value, 'default')?.value;
  // What a template becomes is known at run time only.
  if (given === undefined || textOf(given) === '' || templatesIn(textOf(given) ?? '').length > 0) return;
  defaults[type](given, [...path, 'default'], report);
}
