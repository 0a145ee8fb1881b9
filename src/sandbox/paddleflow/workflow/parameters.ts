import { invalidPipeline } from './error.ts';
import type { Parameters } from './structure.ts';
import { templatesIn } from './templates.ts';
import { isList, isMap, isNumber, NumberLiteral, typeName, type Value, type ValueMap } from './value.ts';

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
export function checkParameter(name: string, value: Value, path: string, emptyDefault: 'allowed' | 'refused'): void {
  const where = `parameter[${name}] of [${path}]`;
  if (!isTyped(value)) {
    checkPlain(where, value);
    return;
  }
  const unknown = Object.keys(value).find((key) => key !== 'type' && key !== 'default');
  if (unknown !== undefined) throw invalidPipeline(`${where} has no attribute [${unknown}], only type and default`);
  const fallback = value['default'] ?? '';
  if (fallback === '' && emptyDefault === 'refused') throw invalidPipeline(`${where} has an empty default and no value`);
  if (!fits(value['type'] ?? null, fallback)) {
    throw invalidPipeline(`${where} should be ${typeName(value['type'] ?? null)} [${String(value['type'])}], but is ${typeName(fallback)}`);
  }
}

function fits(type: Value, value: Value): boolean {
  if (type === 'string') return typeof value === 'string';
  if (type === 'path') return typeof value === 'string' && (value === '' || PATH.test(value));
  // A number from the request is a literal, so `int` and `float` can never be overridden (7.6).
  if (type === 'int') return value === '' || typeName(value) === 'int';
  if (type === 'float') return value === '' || isNumber(value);
  return false; // `list` too always fails (7.5)
}

function checkPlain(where: string, value: Value): void {
  if (isList(value)) {
    for (const item of value) {
      if (typeof item === 'string' && templatesIn(item).length > 0)
        throw invalidPipeline(`${where} is a list, which cannot hold templates`);
      checkPlain(where, item);
    }
    return;
  }
  if (typeof value === 'string' || isNumber(value) || value instanceof NumberLiteral) return;
  throw invalidPipeline(`${where} should be string, int, float or list type, but is ${typeName(value)}`);
}
