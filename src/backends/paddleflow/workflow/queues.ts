import { resolved, type Component } from './component.ts';
import { workflowIn } from './known.ts';
import { valueOf } from './yaml.ts';

/** Where a step runs that names no queue (contract 7.11). */
export const defaultQueue = 'default-queue';

/** The queue that a step names in its environment, else the default. A template is known only once the step has begun. */
export function queueNameOf({ body }: Component): string {
  const name = valueOf(valueOf(body, 'env'), 'PF_JOB_QUEUE_NAME');
  return (name?.kind === 'scalar' && String(name.value ?? '')) || defaultQueue;
}

/** The queues that the steps of a workflow ask for, as far as they can be told; none of a text that no longer parses. */
export function queuesInYaml(yaml: string): string[] {
  const workflow = workflowIn(yaml);
  if (workflow === undefined) return [];
  const names = new Set<string>();
  // Each template once: templates within templates multiply, and old pipelines may go in circles.
  const seen = new Set<Component>();
  const visit = (component: Component): void => {
    const target = resolved(workflow, component);
    if (target === undefined || seen.has(target)) return;
    seen.add(target);
    if (target.isDag) return target.children.forEach(visit);
    const name = queueNameOf(target);
    if (!name.includes('{{')) names.add(name);
  };
  [...workflow.entries, ...workflow.postProcess].forEach(visit);
  return [...names];
}
