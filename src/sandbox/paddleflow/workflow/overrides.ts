import { invalidPipeline } from './error.ts';
import { overrideParameter } from './parameters.ts';
import type { Component, Components, Definition } from './structure.ts';
import type { OpenMap, OpenValue } from '../../kit/json-value.ts';
import { NumberLiteral } from '../../kit/json-value.ts';
import type { Value } from './value.ts';

/**
 * The definition with the request's `parameters` put in (7.6): `p` reaches every component that declares it, `dag.step.p` exactly
 * one. Templates in `components` are out of reach.
 */
export function overrideParameters(definition: Definition, parameters: OpenMap): Definition {
  return [...parameters].reduce((before, [key, value]) => overrideOne(before, key, fromRequest(value)), definition);
}

function overrideOne(definition: Definition, key: string, value: Value): Definition {
  const path = key.split('.');
  const name = path.pop() ?? '';
  const wanted = path.join('.');
  let [found, known] = [false, false];
  const change = (component: Component, at: string): Component => {
    if (wanted !== '' && at === wanted) known = true;
    const declared = component.parameters[name];
    if ((wanted !== '' && at !== wanted) || declared === undefined || !Object.hasOwn(component.parameters, name)) return component;
    found = true;
    return { ...component, parameters: { ...component.parameters, [name]: overrideParameter(declared, value) } };
  };
  const entryPoints = mapComponents(definition.entryPoints, '', change);
  const postProcess = mapComponents(definition.postProcess, '', change);
  if (!found) throw invalidPipeline(known ? `no parameter named [${name}] in step [${wanted}]` : `param[${key}] not exist`);
  return { ...definition, entryPoints, postProcess };
}

const mapComponents = (components: Components, prefix: string, change: (component: Component, at: string) => Component): Components =>
  new Map(
    Array.from(components, ([name, component]): [string, Component] => {
      const changed = change(component, prefix + name);
      if (changed.kind === 'step') return [name, changed];
      return [name, { ...changed, entryPoints: mapComponents(changed.entryPoints, `${prefix}${name}.`, change) }];
    }),
  );

/** JSON as the server's streaming decoder reads it: numbers stay literals (1.5). */
function fromRequest(value: OpenValue): Value {
  if (typeof value === 'number') return new NumberLiteral(String(value));
  if (Array.isArray(value)) return (value as readonly OpenValue[]).map(fromRequest);
  if (value instanceof Map) return Object.fromEntries(Array.from(value as OpenMap, ([key, item]) => [key, fromRequest(item)]));
  return value as Value; // neither of all
}
