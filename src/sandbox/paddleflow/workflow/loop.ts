import type { Json } from '../../kit/json-value.ts';
import { JsonObject, NumberLiteral } from '../../kit/json-value.ts';
import { JsonSyntaxError, readJson } from '../../kit/read-json.ts';
import { isList, typeName, type Value } from './value.ts';

/** More iterations than any cluster runs: each is an entry of the detail and a job. */
export const MAX_ITERATIONS = 10_000;

/** The elements to loop over: a list, or a text that holds a JSON list (7.8). Throws an Error that tells what it is instead. */
export function loopElements(argument: Value): readonly Value[] {
  const elements = listOf(argument);
  if (elements.length > MAX_ITERATIONS) throw new Error(`loop_argument has ${elements.length} elements, more than ${MAX_ITERATIONS}`);
  return elements;
}

function listOf(argument: Value): readonly Value[] {
  if (isList(argument)) return argument;
  if (typeof argument !== 'string') throw new Error(`loopArgument can only be string or list type, but is ${typeName(argument)}`);
  const parsed = parseJson(argument);
  if (!Array.isArray(parsed)) throw new Error('json: cannot unmarshal it into Go value of type []interface {}');
  return parsed;
}

function parseJson(text: string): Value | undefined {
  try {
    return valueOf(readJson(text));
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof RangeError) return undefined; // no JSON, or deeper than anything of use
    throw error;
  }
}

/** Whole numbers keep every digit, as far as 64 bits go. */
function valueOf(json: Json): Value {
  if (json instanceof JsonObject) return Object.fromEntries(json.entries.map(([key, item]) => [key, valueOf(item)]));
  if (Array.isArray(json)) return (json as readonly Json[]).map(valueOf);
  if (!(json instanceof NumberLiteral)) return json as Value; // neither of both
  const number = Number(json.text);
  if (!/^-?\d+$/.test(json.text) || Number.isSafeInteger(number)) return number;
  const whole = BigInt(json.text);
  return BigInt.asIntN(64, whole) === whole ? whole : number;
}
