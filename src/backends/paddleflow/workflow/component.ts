import type { Place } from './issue.ts';
import { entriesOf, entryOf, textOf, valueOf, type Entry, type Value } from './yaml.ts';

/** A part of a workflow as it is written, right or wrong: a step, a dag, or what refers to a template. */
export interface Component {
  readonly name: string;
  /** Of its name. */
  readonly at: Place;
  /** Keys that lead to it. */
  readonly path: readonly string[];
  readonly body: Value;
  readonly isDag: boolean;
  readonly deps: readonly string[];
  readonly parameters: readonly Entry[];
  readonly inputs: readonly Entry[];
  readonly outputs: readonly Entry[];
  /** Name of the template, where it refers to one. */
  readonly reference: string | undefined;
  readonly children: readonly Component[];
}

export interface Workflow {
  readonly root: Value;
  readonly entries: readonly Component[];
  readonly templates: ReadonlyMap<string, Component>;
  readonly postProcess: readonly Component[];
}

export const csv = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const namesIn = new WeakMap<readonly Entry[], ReadonlySet<string>>();
/** Asked of a template by everything that refers to it, so it is made once. */
export function namesOf(entries: readonly Entry[]): ReadonlySet<string> {
  const names = namesIn.get(entries) ?? new Set(entries.map(({ name }) => name));
  namesIn.set(entries, names);
  return names;
}

/** `output: [model]`, or a map with empty values; of a dag a map with templates. */
function outputsOf(value: Value | undefined): Entry[] {
  if (value?.kind !== 'list') return entriesOf(value);
  return value.items.flatMap((item) => {
    const name = textOf(item);
    return name === undefined ? [] : [{ name, at: item.at, value: item }];
  });
}

function componentOf({ name, at, value: body }: Entry, above: readonly string[]): Component {
  const path = [...above, name];
  const artifacts = valueOf(body, 'artifacts');
  const children = entryOf(body, 'entry_points');
  return {
    name,
    at,
    path,
    body,
    isDag: children !== undefined,
    deps: csv(textOf(valueOf(body, 'deps'))),
    parameters: entriesOf(valueOf(body, 'parameters')),
    inputs: entriesOf(valueOf(artifacts, 'input')),
    outputs: outputsOf(valueOf(artifacts, 'output')),
    reference: textOf(valueOf(valueOf(body, 'reference'), 'component')) || undefined,
    children: componentsOf(children?.value, [...path, 'entry_points']),
  };
}
const componentsOf = (section: Value | undefined, path: readonly string[]): Component[] =>
  entriesOf(section).map((entry) => componentOf(entry, path));

export function workflowOf(root: Value): Workflow {
  const section = (key: string) => componentsOf(valueOf(root, key), [key]);
  return {
    root,
    entries: section('entry_points'),
    templates: new Map(section('components').map((template) => [template.name, template])),
    postProcess: section('post_process'),
  };
}

/** The template that a component refers to. One may be called "", which is what nobody refers to. */
export const templateOf = ({ templates }: Workflow, { reference }: Component): Component | undefined =>
  reference === undefined ? undefined : templates.get(reference);

/** What a component is in the end, by way of the templates that it refers to. Undefined: one is missing, or they go in circles. */
export function resolved({ templates }: Workflow, component: Component): Component | undefined {
  const seen = new Set<Component>();
  for (let here: Component | undefined = component; here; here = templates.get(here.reference)) {
    if (seen.has(here)) return undefined;
    seen.add(here);
    if (here.reference === undefined) return here;
  }
  return undefined;
}
