import { csv, type Component, type Workflow } from './component.ts';
import type { Place, Report } from './issue.ts';
import { templatesIn } from './template.ts';
import { entryOf, textOf, type Entry } from './yaml.ts';

/** Components that are switched off, by full name: each once, and none that another one needs (contract 7.9). `names` counts instead of the YAML's. */
export function checkDisabled(workflow: Workflow, names: readonly string[] | undefined, report: Report): void {
  const at: Place = entryOf(workflow.root, 'disabled')?.value.at ?? { line: 1, column: 1 };
  const given = disabledNames(workflow, names);
  const known = new Set([...fullNames(workflow.entries), ...workflow.postProcess.map(({ name }) => name)]);
  const seen = new Set<string>();
  for (const name of given) {
    if (seen.has(name)) report.error(at, ['disabled'], `disabled names ${name} twice`);
    else if (!known.has(name) && !isInsideReference(workflow, name))
      report.error(at, ['disabled'], `disabled names ${name}, and there is no such component`);
    seen.add(name);
  }
  checkLevel(workflow.entries, '', seen, report);
}

/** `given` in a request counts instead of the YAML's own. */
export const disabledNames = ({ root }: Workflow, given: readonly string[] | undefined): readonly string[] =>
  given ?? csv(textOf(entryOf(root, 'disabled')?.value));

/** As `disabled` names it; what is inside of a template has none. */
export const fullNameOf = ({ path: [section, ...path] }: Component): string | undefined =>
  section === 'components' ? undefined : path.filter((_key, index) => index % 2 === 0).join('.');

const fullNames = (components: readonly Component[], prefix = ''): string[] =>
  components.flatMap(({ name, children }) => [`${prefix}${name}`, ...fullNames(children, `${prefix}${name}.`)]);

/** What stands for a dag has its components under its own name; whether the server knows them by these is not certain. */
function isInsideReference({ entries }: Workflow, fullName: string): boolean {
  let level: readonly Component[] = entries;
  for (const name of fullName.split('.')) {
    const found = level.find((component) => component.name === name);
    if (found === undefined) return false;
    if (found.reference !== undefined) return true;
    level = found.children;
  }
  return false;
}

function checkHandedOut({ isDag, outputs, path }: Component, inside: string, off: ReadonlySet<string>, report: Report): void {
  for (const { name, value } of isDag ? outputs : [])
    for (const { component: child } of templatesIn(textOf(value) ?? ''))
      if (child !== undefined && off.has(`${inside}${child}`))
        report.error(value.at, [...path, 'artifacts', 'output', name], `${name} is the output of ${inside}${child}, which is disabled`);
}

function checkLevel(siblings: readonly Component[], prefix: string, off: ReadonlySet<string>, report: Report): void {
  for (const component of siblings) {
    if (off.has(`${prefix}${component.name}`)) continue; // with all that is inside
    const check = (entries: readonly Entry[], ...section: readonly string[]) => {
      for (const { name, value } of entries)
        for (const { component: from } of templatesIn(textOf(value) ?? ''))
          if (from !== undefined && off.has(`${prefix}${from}`))
            report.error(value.at, [...component.path, ...section, name], `${name} refers to ${prefix}${from}, which is disabled`);
    };
    check(component.parameters, 'parameters');
    check(component.inputs, 'artifacts', 'input');
    checkHandedOut(component, `${prefix}${component.name}.`, off, report);
    checkLevel(component.children, `${prefix}${component.name}.`, off, report);
  }
}
