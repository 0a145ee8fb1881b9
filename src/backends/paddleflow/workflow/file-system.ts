import type { Component, Workflow } from './component.ts';
import { disabledNames, fullNameOf } from './disabled.ts';
import type { Report } from './issue.ts';
import type { Purpose } from './validate.ts';
import { entryOf, textOf, valueOf, type Value } from './yaml.ts';

/** Artifacts need a main file system (contract 7.10): in a pipeline the YAML's own (2.10), for a run the request may name it. */
export function checkFileSystem(workflow: Workflow, { fileSystem, disabled }: Purpose, report: Report): void {
  checkScopes(workflow, fileSystem, report);
  if (mainOf(workflow) || fileSystem === 'given') return;
  const off = new Set(disabledNames(workflow, disabled));
  const component = withOutputs([...workflow.entries, ...workflow.postProcess, ...workflow.templates.values()], off);
  if (component === undefined) return;
  const at = entryOf(component.body, 'artifacts')?.at ?? component.at;
  const severity = fileSystem === 'perhaps' ? 'warning' : 'error';
  report[severity](at, [...component.path, 'artifacts'], 'Artifacts need a main file system: fs_options.main_fs.name');
}

const mainOf = ({ root }: Workflow) => textOf(valueOf(valueOf(valueOf(root, 'fs_options'), 'main_fs'), 'name'));

/** Outputs need it, and inputs come from outputs. Templates count, whoever uses them; what is switched off does not. */
function withOutputs(components: readonly Component[], off: ReadonlySet<string>): Component | undefined {
  for (const component of components) {
    if (component.outputs.length > 0 && !off.has(fullNameOf(component) ?? '')) return component;
    const below = withOutputs(component.children, off);
    if (below) return below;
  }
  return undefined;
}

const namesIn = (mounts: Value | undefined) =>
  mounts?.kind === 'list' ? mounts.items.flatMap((mount) => textOf(valueOf(mount, 'name')) ?? []) : [];

/** What a cached result depends on must be mounted: as the main file system, or by the step or for all steps. */
function checkScopes(workflow: Workflow, fileSystem: Purpose['fileSystem'], report: Report): void {
  const options = valueOf(workflow.root, 'fs_options');
  const everywhere = [...namesIn(valueOf(options, 'extra_fs')), mainOf(workflow)];
  const ofAll = scopesOf(workflow.root, ['cache', 'fs_scope']);
  const told = new Set<Value>();
  const check = (scopes: readonly Scope[], mounted: ReadonlySet<string | undefined>, certain: boolean) => {
    for (const { value, path, name } of scopes) {
      if (mounted.has(name) || told.has(value)) continue;
      told.add(value);
      // Where the YAML names no main file system the request may, and this may be it.
      const severity = certain && (fileSystem === undefined || mainOf(workflow)) ? 'error' : 'warning';
      report[severity](value.at, path, `${name} is neither the main file system nor among extra_fs, so nothing can depend on it`);
    }
  };
  const visit = (component: Component): void => {
    component.children.forEach(visit);
    if (component.isDag || component.reference !== undefined) return;
    const mounted = new Set([...everywhere, ...namesIn(valueOf(component.body, 'extra_fs'))]);
    const closing = component.path[0] === 'post_process'; // what is said for all steps may not be said for this one
    check(scopesOf(component.body, [...component.path, 'cache', 'fs_scope']), mounted, !closing);
    if (!closing) check(ofAll, mounted, true);
  };
  [...workflow.entries, ...workflow.templates.values(), ...workflow.postProcess].forEach(visit);
}

interface Scope {
  readonly value: Value;
  readonly path: readonly string[];
  readonly name: string;
}
function scopesOf(body: Value, path: readonly string[]): Scope[] {
  const scopes = valueOf(valueOf(body, 'cache'), 'fs_scope');
  if (scopes?.kind !== 'list') return [];
  return scopes.items.flatMap((value, index) => {
    const name = textOf(valueOf(value, 'name'));
    return name ? [{ value, path: [...path, String(index)], name }] : [];
  });
}
