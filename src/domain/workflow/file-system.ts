import { resolved, type Component, type Workflow } from './component.ts';
import type { Report } from './issue.ts';
import type { Purpose } from './validate.ts';
import { entryOf, textOf, valueOf } from './yaml.ts';

/** Artifacts need a main file system (contract 7.10): in a pipeline the YAML's own (2.10), for a run the request may name it. */
export function checkFileSystem(workflow: Workflow, { kind, fileSystem }: Purpose, report: Report): void {
  const named = textOf(valueOf(valueOf(valueOf(workflow.root, 'fs_options'), 'main_fs'), 'name'));
  if (named || fileSystem === 'given') return;
  const used = withArtifacts(workflow, [...workflow.entries, ...workflow.postProcess]);
  const component = used ?? withArtifacts(workflow, [...workflow.templates.values()]);
  if (component === undefined) return;
  const at = entryOf(component.body, 'artifacts')?.at ?? component.at;
  // Whether a run looks into templates that nobody uses is not known; a pipeline is refused for what it declares.
  const severity = fileSystem === 'perhaps' || (kind === 'RUN' && !used) ? 'warning' : 'error';
  report[severity](at, [...component.path, 'artifacts'], 'Artifacts need a main file system: fs_options.main_fs.name');
}

/** Each template is looked into once: templates within templates multiply, and one may hold what leads back to it. */
function withArtifacts(workflow: Workflow, components: readonly Component[], seen = new Set<Component>()): Component | undefined {
  for (const component of components) {
    const target = resolved(workflow, component);
    const found = [component, target].find((one) => one && one.inputs.length + one.outputs.length > 0);
    if (found) return found;
    if (target === undefined || seen.has(target)) continue;
    seen.add(target);
    const below = withArtifacts(workflow, target.children, seen);
    if (below) return below;
  }
  return undefined;
}
