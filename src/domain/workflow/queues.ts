import { resolved, workflowOf, type Component, type Workflow } from './component.ts';
import { readYaml, valueOf } from './yaml.ts';

/** Where a step runs that names no queue (contract 7.11). */
export const defaultQueue = 'default-queue';

/** The queue that a step names in its environment, else the default. A template is known only once the step has begun. */
export function queueNameOf({ body }: Component): string {
  const name = valueOf(valueOf(body, 'env'), 'PF_JOB_QUEUE_NAME');
  return (name?.kind === 'scalar' && String(name.value ?? '')) || defaultQueue;
}

/** The steps below a component, by way of the templates that it refers to. An old pipeline may go in circles. */
function* stepsBelow(workflow: Workflow, component: Component, above: readonly Component[] = []): Generator<Component> {
  const target = resolved(workflow, component);
  if (target === undefined || above.includes(target)) return;
  if (!target.isDag) return yield target;
  for (const child of target.children) yield* stepsBelow(workflow, child, [...above, target]);
}

/** The queues that the steps of a workflow ask for, as far as they can be told; none of a text that no longer parses. */
export function queuesInYaml(yaml: string): string[] {
  const { root } = readYaml(yaml);
  if (root === undefined) return [];
  const workflow = workflowOf(root);
  const names = new Set<string>();
  let left = 5_000; // templates within templates multiply
  for (const entry of [...workflow.entries, ...workflow.postProcess])
    for (const step of stepsBelow(workflow, entry)) {
      if ((left -= 1) < 0) return [...names];
      const name = queueNameOf(step);
      if (!name.includes('{{')) names.add(name);
    }
  return [...names];
}
