import type { Report } from './issue.ts';
import { isNull, nameOf } from './shape.ts';
import { templatesIn } from './template.ts';
import { entryOf, textOf, type ListValue, type MapValue, type Value } from './yaml.ts';

const types = ['string', 'float', 'int', 'path', 'list'];
const pathPattern = /^[.a-zA-Z0-9/_-]+$/;

/** A text, a number, a list of these, or `{type, default}` (contract 7.5). */
export function checkParameter(value: Value, path: readonly string[], report: Report): void {
  if (value.kind === 'list') return checkItems(value, path, report);
  if (value.kind === 'map') return checkTyped(value, path, report);
  if (isNull(value)) return report.warning(value.at, path, 'A parameter needs a value');
  if (typeof value.value === 'boolean')
    report.error(value.at, path, `A parameter must be a text, a number or a list, not ${nameOf(value)}`);
}

function checkItems({ items }: ListValue, path: readonly string[], report: Report): void {
  items.forEach((item, index) => {
    const here = [...path, String(index)];
    if (item.kind === 'list') return checkItems(item, here, report);
    if (item.kind === 'map' || typeof item.value === 'boolean')
      return report.error(item.at, here, `A list as parameter holds texts, numbers and lists, not ${nameOf(item)}`);
    if (templatesIn(textOf(item) ?? '').length > 0) report.error(item.at, here, 'A list as parameter holds no templates');
  });
}

function checkTyped(value: MapValue, path: readonly string[], report: Report): void {
  const type = textOf(entryOf(value, 'type')?.value);
  for (const { name, at } of value.entries.values())
    if (name !== 'type' && name !== 'default')
      return report.error(at, [...path, name], 'A parameter that is a map has the keys type and default only');
  if (type === undefined || !types.includes(type))
    return report.error(value.at, path, `A parameter that is a map needs a type: ${types.filter((word) => word !== 'list').join(', ')}`);
  if (type === 'list') return report.error(value.at, path, 'The type list is refused by PaddleFlow: write the list itself');
  const given = entryOf(value, 'default')?.value;
  if (given === undefined || isNull(given) || textOf(given) === '')
    return report.warning(value.at, path, 'Without a default it must be overridden at each start');
  if (type === 'int' && given.kind === 'scalar' && typeof given.value === 'number' && !Number.isInteger(given.value))
    report.error(given.at, [...path, 'default'], 'An int has no fraction');
  if (
    type === 'path' &&
    textOf(given) !== undefined &&
    templatesIn(textOf(given) ?? '').length === 0 &&
    !pathPattern.test(textOf(given) ?? '')
  )
    report.error(given.at, [...path, 'default'], 'A path has letters, digits and . / _ - only');
}
