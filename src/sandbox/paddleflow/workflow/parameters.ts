import { invalidPipeline } from './error.ts';
import type { Parameters } from './structure.ts';
import { templatesIn } from './templates.ts';
import { NumberLiteral } from '../../kit/json-value.ts';
import { formatValue, isList, isMap, isNumber, typeName, type Value, type ValueMap } from './value.ts';

const PATH = /^[.a-zA-Z0-9/_-]+$/;

/** `{type, default}` (7.5). */
const isTyped = (value: Value): value is ValueMap => isMap(value);

/** What a declared parameter is worth before its templates are filled: a typed dict stands for its default. */
export const plainValue = (declared: Value): Value => (isTyped(declared) ? (declared['default'] ?? '') : declared);

export const plainValues = (declared: Parameters): Parameters =>
  Object.fromEntries(Object.entries(declared).map(([name, value]) => [name, plainValue(value)]));

/** A new value for a declared parameter, which keeps its declared type. */
export const overrideParameter = (declared: Value, value: Value): Value => (isTyped(declared) ? { ...declared, default: value } : value);

/** `emptyDefault` is allowed where somebody else may still fill it: in templates, by the step that refers to them. */
export function checkParameter(name: string, value: Value, emptyDefault: 'allowed' | 'refused'): void {
  if (!isTyped(value)) {
    checkPlain(name, value);
    return;
  }
  const type = value['type'] ?? '';
  const fallback = value['default'] ?? '';
  const shown = `{Type:${formatValue(type)} Default:${formatValue(value['default'] ?? null)}}`;
  if (type === 'list') throw invalidPipeline('check dict param failed in end'); // always (7.5)
  if (typeof type !== 'string' || !['string', 'path', 'int', 'float'].includes(type))
    throw invalidPipeline(`type[${formatValue(type)}] is not supported for dict param[name: ${name}, value: ${shown}]`);
  if (fallback === '' && emptyDefault === 'refused')
    throw invalidPipeline(`invalid empty default value for dict param[name: ${name}, value: ${shown}]`);
  if (!fits(type, fallback))
    throw invalidPipeline(`invalid type[${typeName(fallback)}] for param[${formatValue(fallback)}]. expect type[${type}]`);
}

function fits(type: string, value: Value): boolean {
  if (type === 'string') return typeof value === 'string';
  if (type === 'path') return typeof value === 'string' && (value === '' || PATH.test(value));
  // A number from the request is a literal, so `int` and `float` can never be overridden (7.6).
  if (type === 'int') return value === '' || typeName(value) === 'int';
  return value === '' || isNumber(value);
}

function checkPlain(name: string, value: Value): void {
  if (isList(value)) {
    for (const item of value) {
      if (typeof item === 'string' && templatesIn(item).length > 0)
        throw invalidPipeline(`param[${name}] is a list, which cannot hold templates`);
      checkPlain(name, item);
    }
    return;
  }
  if (typeof value === 'string' || isNumber(value) || value instanceof NumberLiteral) return;
  throw invalidPipeline(`type[${value === null ? '<nil>' : typeName(value)}] is not supported for param[${name}]`);
}
