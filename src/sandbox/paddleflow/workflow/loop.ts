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
  if (typeof argument !== 'string') throw new Error(`loop_argument should be a list or a json list string, but is ${typeName(argument)}`);
  const parsed = parseJson(argument);
  if (!Array.isArray(parsed)) throw new Error(`loop_argument[${argument}] is not a json list`);
  return parsed;
}

function parseJson(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value; // JSON holds nothing else
  } catch {
    return undefined;
  }
}
