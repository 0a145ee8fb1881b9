import type { Component, Workflow } from './component.ts';
import type { Report } from './issue.ts';
import { textOf, valueOf } from './yaml.ts';

/** What PaddleFlow accepts and what then fails in the cluster. */
export function checkAdvice(workflow: Workflow, report: Report): void {
  const image = textOf(valueOf(workflow.root, 'docker_env'));
  const visit = (component: Component): void => {
    component.children.forEach(visit);
    if (component.isDag) return;
    // Containers are named `<run>-<step>` (contract 7.4).
    if (/[A-Z]|-$/.test(component.name))
      report.warning(
        component.at,
        component.path,
        `Kubernetes takes lower case names that do not end in "-": the step ${component.name} would fail`,
      );
    if (!image && component.reference === undefined && !textOf(valueOf(component.body, 'docker_env')))
      report.warning(
        component.at,
        component.path,
        `Neither the step ${component.name} nor the workflow has a docker_env, so the step would fail`,
      );
  };
  [...workflow.entries, ...workflow.postProcess, ...workflow.templates.values()].forEach(visit);
}
