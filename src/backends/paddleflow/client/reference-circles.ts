import type { Part, WorkflowNodes } from '../wire/workflow-nodes.ts';

/** Templates that lead back to themselves, be it through what stands inside of them. Each circle once, at one of its templates. */
export function referenceCircles(nodes: WorkflowNodes): { readonly part: Part; readonly names: readonly string[] }[] {
  const templates = new Map(nodes.templates().map((template) => [template.path.at(-1) ?? '', template]));
  const referred = (template: Part): string[] => [
    ...new Set(Array.from(nodes.within(template), (part) => nodes.reference(part)?.name ?? '').filter((name) => templates.has(name))),
  ];
  const circles: { readonly part: Part; readonly names: readonly string[] }[] = [];
  const done = new Set<string>();
  for (const begin of templates.keys()) {
    // With a stack of its own: thousands of templates may refer to each other in a row.
    const way: { readonly name: string; readonly next: string[] }[] = [];
    const on = new Set<string>();
    const enter = (name: string) => {
      const template = templates.get(name);
      if (template === undefined || done.has(name)) return;
      way.push({ name, next: referred(template) });
      on.add(name);
    };
    enter(begin);
    for (let here = way.at(-1); here; here = way.at(-1)) {
      const name = here.next.shift();
      if (name === undefined) {
        way.pop();
        on.delete(here.name);
        done.add(here.name);
      } else if (on.has(name)) {
        const names = way.map((step) => step.name);
        const part = templates.get(name);
        if (part) circles.push({ part, names: [...names.slice(names.indexOf(name)), name] });
      } else enter(name);
    }
  }
  return circles;
}
