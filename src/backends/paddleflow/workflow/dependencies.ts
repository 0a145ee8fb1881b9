import type { Component } from './component.ts';
import type { Report } from './issue.ts';
import { entryOf } from './yaml.ts';

/** `deps` name siblings, and lead nowhere back (contract 7.4). For one level of a workflow. */
export function checkDependencies(siblings: readonly Component[], report: Report): void {
  const byName = new Map(siblings.map((component) => [component.name, component]));
  const complain = (component: Component, message: string) =>
    report.error(entryOf(component.body, 'deps')?.value.at ?? component.at, [...component.path, 'deps'], message);
  for (const component of siblings)
    for (const name of new Set(component.deps))
      if (!byName.has(name)) complain(component, `deps names ${name}, which is none of its siblings`);

  const done = new Set<string>();
  const visit = (component: Component, above: readonly string[]): void => {
    if (done.has(component.name)) return;
    const begin = above.indexOf(component.name);
    if (begin !== -1) {
      done.add(component.name);
      return complain(component, `deps go in a circle: ${[...above.slice(begin), component.name].join(' needs ')}`);
    }
    for (const name of component.deps) {
      const next = byName.get(name);
      if (next) visit(next, [...above, component.name]);
    }
    done.add(component.name);
  };
  for (const component of siblings) visit(component, []);
}
