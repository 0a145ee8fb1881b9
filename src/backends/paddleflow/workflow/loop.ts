import type { Component } from './component.ts';
import type { Report } from './issue.ts';
import { isNull, nameOf } from './shape.ts';
import { ownTemplate, ownTemplatesIn, templatesIn, trap, written } from './template.ts';
import { textOf, type ListValue, type Value } from './yaml.ts';

/** Contract 7.5, 7.8: a list of texts, numbers and such lists, the same as JSON text, or one name of its own that stands for it. */
export function checkLoop({ path: above }: Component, value: Value | undefined, own: readonly ReadonlySet<string>[], report: Report): void {
  if (value === undefined) return;
  const path = [...above, 'loop_argument'];
  const wrong = (message: string) => report.error(value.at, path, message);
  if (value.kind === 'list') {
    if (value.items.length === 0) report.warning(value.at, path, 'A loop over an empty list fails');
    return checkItems(value, path, report);
  }
  if (value.kind === 'map' || ['number', 'bigint', 'boolean'].includes(typeof value.value))
    return wrong(`loop_argument must be a list, a JSON list as text, or one template, not ${nameOf(value)}`);
  const text = textOf(value);
  if (text === undefined) return;
  if (ownTemplatesIn(text).length === 0) {
    const problem = jsonProblem(text);
    if (problem) wrong(problem);
    return;
  }
  const template = ownTemplate(text);
  if (template === undefined) return wrong('loop_argument must be a list, a JSON list as text, or one template and nothing else');
  if (!own.some((names) => names.has(template.name)))
    wrong(`${written(template)} is unknown here: loop_argument may refer to one own parameter or input${trap(template.name)}`);
}

function checkItems({ items }: ListValue, path: readonly string[], report: Report): void {
  items.forEach((item, index) => {
    const here = [...path, String(index)];
    if (item.kind === 'list') return checkItems(item, here, report);
    if (item.kind === 'map' || isNull(item) || typeof item.value === 'boolean')
      return report.error(item.at, here, `A loop goes over texts, numbers and lists, not over ${nameOf(item)}`);
    const text = textOf(item) ?? '';
    if (templatesIn(text).length > 0)
      report[ownTemplatesIn(text).length > 0 ? 'error' : 'warning'](item.at, here, 'What a loop goes over holds no templates');
  });
}

/** Why a text is no JSON list that a loop may go over. */
function jsonProblem(text: string): string | undefined {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return 'loop_argument must be a list, a JSON list as text, or one template and nothing else';
  }
  if (list === null) return undefined; // nothing, to the server's reader
  if (!Array.isArray(list)) return 'loop_argument must be a list, a JSON list as text, or one template and nothing else';
  return isListOfScalars(list) ? undefined : 'A loop goes over texts, numbers and lists, not over maps, booleans or nothing';
}

const isListOfScalars = (list: readonly unknown[]): boolean =>
  list.every((item) =>
    Array.isArray(item) ? isListOfScalars(item) : typeof item === 'string' || (typeof item === 'number' && Number.isFinite(item)),
  );
