import { resolved, type Component as Written, type Workflow } from '../workflow/component.ts';
import { workflowIn } from '../workflow/known.ts';
import { entriesOf, valueOf, type Entry } from '../workflow/yaml.ts';
import type { Component, RunDetail } from './detail.ts';

/**
 * A run in the order of its YAML: the backend sorts everything that has a name (contract 5). What is not written there, as all is of a YAML that cannot be
 * read, comes after the rest: parts of the run as they began, then by name; values as they came.
 */
export function inWrittenOrder(detail: RunDetail): RunDetail {
  const workflow = workflowIn(detail.yaml);
  const written = { entries: workflow?.entries ?? [], postProcess: workflow?.postProcess ?? [] };
  return {
    ...detail,
    parameters: detail.parameters && sorted(detail.parameters, overridable([...written.entries, ...written.postProcess], '')),
    components: level(detail.components, written.entries, workflow),
    postProcess: level(detail.postProcess, written.postProcess, workflow),
    inOrder: true,
  };
}

/** Names by which a request can override parameters: `rows`, `report.draw.rows` (contract 7.6). */
const overridable = (siblings: readonly Written[], prefix: string): string[] =>
  siblings.flatMap(({ name, parameters, children }) => [
    ...parameters.flatMap((parameter) => [parameter.name, `${prefix}${name}.${parameter.name}`]),
    ...overridable(children, `${prefix}${name}.`),
  ]);

/** The turns of a loop stay together, in their own order. */
function level<T extends Component>(parts: readonly T[], siblings: readonly Written[], workflow: Workflow | undefined): T[] {
  const places = new Map(siblings.map(({ name }, place) => [name, place]));
  const groups = [...Map.groupBy(parts, ({ name }) => name)].map(([name, turns]) => {
    const began = turns.flatMap(({ startedAt }) => startedAt ?? []);
    return { name, turns, place: places.get(name) ?? siblings.length, began: began.reduce(smaller, notBegun) };
  });
  return groups
    .toSorted((one, other) => one.place - other.place || compare(one.began, other.began) || compare(one.name, other.name))
    .flatMap(({ turns, place }) => turns.map((part) => inside(part, siblings[place], workflow)));
}
/** After every time. */
const notBegun = '~';
const smaller = (one: string, other: string) => (other < one ? other : one);
const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** What a template says comes before what is said by the part that refers to it. */
function inside<T extends Component>(part: T, written: Written | undefined, workflow: Workflow | undefined): T {
  const target = written && workflow && resolved(workflow, written);
  const names = (of: (component: Written) => readonly Entry[]) =>
    [target, written].flatMap((component) => (component ? of(component).map(({ name }) => name) : []));
  return {
    ...part,
    parameters: sorted(
      part.parameters,
      names(({ parameters }) => parameters),
    ),
    artifacts: {
      input: sorted(
        part.artifacts.input,
        names(({ inputs }) => inputs),
      ),
      output: sorted(
        part.artifacts.output,
        names(({ outputs }) => outputs),
      ),
    },
    ...(part.kind === 'Step'
      ? {
          env: sorted(
            part.env,
            names(({ body }) => entriesOf(valueOf(body, 'env'))),
          ),
        }
      : { children: level(part.children, target?.children ?? [], workflow) }),
  };
}

function sorted<T>(values: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  const own = names.filter((name) => Object.hasOwn(values, name));
  return Object.fromEntries([...new Set([...own, ...Object.keys(values)])].map((name) => [name, values[name]!])); // each is a key of it
}
